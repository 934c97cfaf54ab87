// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.identity.SignatureProvider;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;

/// Where something was measured: the first member of each report, and the first line of each table.
final class Machine {
    private static final String MEMBER = "machine";

    private Machine() {}

    static void describe(ObjectNode report) {
        report.putObject(MEMBER)
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .put("java", System.getProperty("java.runtime.version"))
                .put("signatures", SignatureProvider.active().name())
                .put("loadBefore", Processor.load());
    }

    static void print(PrintWriter out, JsonNode report) {
        var machine = report.path(MEMBER);
        out.printf(
                "%nOn %s cores, %s, Java %s, signatures by %s, load %.1f before:%n%n",
                machine.path("cores").asString(""),
                machine.path("os").asString(""),
                machine.path("java").asString(""),
                signatures(report),
                machine.path("loadBefore").asDouble());
    }

    /// By whom signatures were checked.
    static String signatures(JsonNode report) {
        return report.path(MEMBER).path("signatures").asString("");
    }
}
