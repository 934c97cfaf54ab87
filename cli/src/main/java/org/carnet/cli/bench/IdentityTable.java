// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;

/// The figures of identity for people.
final class IdentityTable {
    private final PrintWriter out;

    IdentityTable(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode report) {
        Machine.print(out, report);
        out.printf(
                "%-24s %10s %12s %9s %12s %9s%n",
                "", "signatures", "uncached/s", "of limit", "cached/s", "of limit");
        report.path("credentials").forEachEntry(this::row);
        row("double verification", report.path("doubleVerification"));
        out.printf("%n%-24s %12s %12s %12s%n", "decisions a second", "kept", "sliced", "unsliced");
        report.path("decisions")
                .forEachEntry(
                        (count, figures) ->
                                out.printf(
                                        "%-24s %12.0f %12.0f %12.0f%n",
                                        count + " policies",
                                        figures.at("/kept/perSecond").asDouble(),
                                        figures.at("/sliced/perSecond").asDouble(),
                                        figures.at("/unsliced/perSecond").asDouble()));
        out.printf("%n%-24s %12s %8s %8s%n", "sign-ins to a token", "a second", "p50 ms", "p99 ms");
        report.path("signIn")
                .forEachEntry(
                        (name, figures) ->
                                out.printf(
                                        "%-24s %12.0f %8.2f %8.2f%n",
                                        figures.path("clients").asInt() + " at a time",
                                        figures.path("perSecond").asDouble(),
                                        figures.at("/millis/p50").asDouble(),
                                        figures.at("/millis/p99").asDouble()));
        out.flush();
    }

    private void row(String name, JsonNode figures) {
        out.printf(
                "%-24s %10d %12.0f %8.0f%% %12.0f %8.0f%%%n",
                name,
                figures.path("signatures").asInt(),
                figures.at("/uncached/perSecond").asDouble(),
                100 * figures.at("/uncached/ratioToLimit").asDouble(),
                figures.at("/cached/perSecond").asDouble(),
                100 * figures.at("/cached/ratioToLimit").asDouble());
    }
}
