// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;
import java.util.List;

/// The figures of a run for people.
final class Table {
    private final PrintWriter out;

    Table(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode report) {
        Machine.print(out, report);
        out.printf(
                "%-24s %12s %9s   %s%n",
                "", "updates/s", "of limit", "durable ack at half load, ms");
        out.printf("%-24s %12s %9s   %8s %8s %8s%n", "", "", "", "p50", "p99", "p99.9");
        out.printf(
                "%-24s %12.0f %8d%%%n",
                "signature checks alone",
                report.path("limit").path("verifyPerSecond").asDouble(),
                100);
        for (var path : List.of("inProcess", "webSocket", "http", "mqtt")) {
            var figures = report.path(path);
            var ack = figures.path("ackMillis");
            out.printf(
                    "%-24s %12.0f %8.0f%%   %8.2f %8.2f %8.2f%n",
                    path,
                    figures.path("perSecond").asDouble(),
                    100 * figures.path("ratioToLimit").asDouble(),
                    ack.path("p50").asDouble(),
                    ack.path("p99").asDouble(),
                    ack.path("p999").asDouble());
        }
        var inProcess = report.path("inProcess");
        var many = report.path("manyThings");
        out.printf(
                "%n%d fsyncs a second; %d bytes on disk for an update of %d bytes.%n",
                inProcess.path("fsyncsPerSecond").asLong(),
                inProcess.path("bytesOnDiskPerUpdate").asLong(),
                inProcess.path("updateBytes").asLong());
        out.printf(
                "With %d things registered: %.0f %% of the speed; %d bytes of heap for a thing, %d"
                        + " for an idle avatar.%n",
                many.path("things").asLong(),
                100 * many.path("ratioToFewThings").asDouble(),
                many.path("heapBytesPerThing").asLong(),
                many.path("heapBytesPerIdleAvatar").asLong());
        out.flush();
    }
}
