// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;

/// The figures of the storage for people.
final class StorageTable {
    private final PrintWriter out;

    StorageTable(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode report) {
        Machine.print(out, report);
        paths(report, Machine.signatures(report));
        postgres(report.path("postgres"));
        sizes(report);
        footprint(report);
        out.flush();
    }

    private void paths(JsonNode report, String active) {
        out.printf("%-26s %9s   %-20s   %-20s%n", "", "checks", "check, encrypt,", "whole path");
        out.printf(
                "%-26s %9s   %-20s   %-20s%n", "", "alone", "force, grow the tree", "of an update");
        out.printf("%-26s %9s %9s %12s %9s %12s%n", "", "/s", "/s", "of limit", "/s", "of limit");
        provider(active, report.path("inProcess"));
        report.path("fallbacks").forEachEntry(this::provider);
        out.printf(
                "In brackets: the same by processor time, which other programs do not change.%n%n");
    }

    private void provider(String name, JsonNode provider) {
        provider.path("workers")
                .forEachEntry(
                        (workers, figures) ->
                                out.printf(
                                        "%-26s %9.0f %9.0f %12s %9.0f %12s%n",
                                        name + ", " + workers + " at work",
                                        figures.at("/limit/verifyPerSecond").asDouble(),
                                        figures.path("perSecond").asDouble(),
                                        ratio(figures),
                                        figures.at("/whole/perSecond").asDouble(),
                                        ratio(figures.path("whole"))));
    }

    private static String ratio(JsonNode path) {
        return "%.0f %% (%.0f %%)"
                .formatted(
                        100 * path.path("ratioToLimit").asDouble(),
                        100 * path.path("cpuRatioToLimit").asDouble());
    }

    private void postgres(JsonNode postgres) {
        out.printf(
                "%-26s %9s %8s %8s   %9s %8s %8s   %6s%n",
                "durable appends",
                "Carnet/s",
                "p50 ms",
                "p99 ms",
                "inserts/s",
                "p50 ms",
                "p99 ms",
                "times");
        postgres.path("clients")
                .forEachEntry(
                        (clients, figures) -> {
                            var carnet = figures.path("carnet");
                            var inserts = figures.path("postgres");
                            out.printf(
                                    "%-26s %9.0f %8.2f %8.2f   %9.0f %8.2f %8.2f   %6.2f%n",
                                    clients + " waiting clients",
                                    carnet.path("perSecond").asDouble(),
                                    carnet.at("/ackMillis/p50").asDouble(),
                                    carnet.at("/ackMillis/p99").asDouble(),
                                    inserts.path("perSecond").asDouble(),
                                    inserts.at("/ackMillis/p50").asDouble(),
                                    inserts.at("/ackMillis/p99").asDouble(),
                                    figures.path("ratio").asDouble());
                        });
        out.printf(
                "PostgreSQL %s inserts the same bytes and checks, encrypts and proves nothing; its"
                        + " clients here spend%n%.0f µs of processor time on each of the last"
                        + " inserts.%n%n",
                postgres.path("server_version").asString(""),
                postgres.at("/clients/" + Yardstick.MOST_CLIENTS + "/postgres/cpuMicros")
                        .asDouble());
    }

    private void sizes(JsonNode report) {
        out.printf(
                "%-26s %14s %14s %14s%n",
                "records in the log", "1 million", "10 million", "100 million");
        row(report, "start, ms", "/start/millis/", 1);
        row(report, "a checkpoint, ms", "/checkpoint/millis/", 2);
        row(report, "a proof, µs", "/proof/micros/", 0);
        row(report, "a proof, bytes", "/proof/bytes/", 0);
        row(report, "heap, MB", "/memory/heapBytes/", 1, 1e-6);
        out.printf("These logs were generated: %s.%n%n", Sizes.GENERATED);
    }

    private void row(JsonNode report, String name, String place, int decimals) {
        row(report, name, place, decimals, 1);
    }

    private void row(JsonNode report, String name, String place, int decimals, double unit) {
        out.printf("%-26s", name);
        for (long records : Sizes.RECORDS) {
            var figure = report.at(place + records).asDouble() * unit;
            out.printf(" %14s", ("%." + decimals + "f").formatted(figure));
        }
        out.println();
    }

    private void footprint(JsonNode report) {
        var parts = report.path("bytesPerRecordIn");
        out.printf(
                "A record takes %.1f bytes on disk beyond its payload: journal %.1f, index %.1f,"
                        + " bundles %.1f, tiles %.1f.%n",
                report.path("bytesPerRecord").asDouble(),
                parts.path("journal").asDouble(),
                parts.path("index").asDouble(),
                parts.path("bundles").asDouble(),
                parts.path("tiles").asDouble());
        var recovery = report.path("recovery");
        out.printf(
                "With %d records: start %.0f ms; for each million, the tree from the journal alone"
                        + " %.0f ms, and every record read and opened %.0f ms.%n",
                recovery.path("records").asLong(),
                recovery.path("startMillis").asDouble(),
                recovery.path("withoutTreeMillisPerMillion").asDouble(),
                recovery.path("readAllMillisPerMillion").asDouble());
        out.printf("Heap while it was filled, MB:");
        report.at("/memory/heapBytesWhileFilled")
                .forEachEntry((records, bytes) -> out.printf(" %.1f", bytes.asDouble() / 1e6));
        out.println();
    }
}
