// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.conformance;

import org.carnet.cli.process.NodeProcess;
import org.carnet.jose.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// One of W3C's suites against a node that is started for it, and once more against a port where nobody answers.
///
/// The second run tells how many tests pass for nothing: those that only want an error.
public final class W3cConformance {
    private final Path work;

    /// @param run against the node
    /// @param dead against a port where nobody answers
    public record Result(SuiteRun run, SuiteRun dead) {
        /// The one line for programs.
        public String json() {
            return Json.object()
                    .put("passed", run.passed())
                    .put("failed", run.failed())
                    .put("pending", run.pending())
                    .put("passedAgainstDeadPort", dead.passed())
                    .toString();
        }
    }

    /// @param work a directory to work in
    public W3cConformance(Path work) {
        this.work = work;
    }

    public Result run(Path checkout) throws IOException, InterruptedException {
        var suite = new W3cSuite(checkout, work);
        int tls = freePort();
        int dead = freePort();
        var authority = work.resolve("authority");
        var settings =
                Map.of(
                        "tls.port", Integer.toString(tls),
                        "tls.authority", authority.toString(),
                        "credentials.url", address(tls).toString(),
                        "credentials.open-issuer", "true",
                        "credentials.verify-rate", "10000");
        try (var node = NodeProcess.start(work.resolve("node"), settings)) {
            var issuer = issuer(node);
            var pem = authority.resolve("authority.pem");
            var run = suite.run("run", new SuiteConfiguration(address(tls), issuer), pem);
            var nothing = suite.run("dead", new SuiteConfiguration(address(dead), issuer), pem);
            return new Result(run, nothing);
        }
    }

    private static URI address(int port) {
        return URI.create("https://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// As whom the node issues; the suites want to know it beforehand.
    private static String issuer(NodeProcess node) throws IOException {
        JsonNode keys =
                JsonMapper.shared()
                        .readTree(Files.readString(node.data().resolve("keys/node.key")));
        return keys.path("node").path("kid").asString();
    }
}
