// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// A whole node, embedded as the command line embeds it.
final class NodeTest {
    @TempDir Path home;
    private Path data;

    @BeforeEach
    void below() {
        data = home.resolve("node");
    }

    @Test
    void aNodeSaysWhereItListensAndHowItIs() throws Exception {
        try (var node =
                RunningNode.start(data, Map.of("tls.port", "0", "tls.authority", home + "/ca"))) {
            var ports = JsonMapper.shared().readTree(Files.readString(data.resolve("ports.json")));
            assertThat(ports.get("http").asInt()).isEqualTo(node.at("/").getPort());
            assertThat(ports.has("tls")).isTrue();

            var health = node.get("/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .contains(
                            "\"status\":\"well\"",
                            "\"database\":\"well\"",
                            "\"disk\":\"well\"",
                            "\"log\":\"well\"",
                            "\"signatures\":\"well\"");
            assertThat(node.get("/health/ready").body()).isEqualTo("{\"ready\":true}");

            var metrics = node.get("/metrics");
            assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain");
            assertThat(metrics.body())
                    .contains(
                            "jvm_memory_used_bytes{",
                            "# TYPE process_uptime_seconds gauge",
                            "carnet_log_records_total 0.0",
                            "carnet_log_commits_total",
                            "carnet_updates_refused_total{reason=\"replay\"} 0.0",
                            "carnet_updates_acknowledged_seconds_bucket");
        }
        assertThat(data.resolve("ports.json")).doesNotExist();
    }

    @Test
    void theTokenIsShownAtTheFirstStartOnlyAndIsGoodOnce() throws Exception {
        String token;
        try (var node = RunningNode.start(data, Map.of())) {
            token = node.token;
            assertThat(token).hasSize(43);
            assertThat(node.get("/api/nothing").statusCode()).isEqualTo(401);
            assertThat(
                            node.asOperator(HttpRequest.newBuilder(node.at("/api/nothing")))
                                    .statusCode())
                    .isEqualTo(404);
        }
        try (var node = RunningNode.start(data, Map.of())) {
            assertThat(node.node.freshToken()).isEmpty();
            var asked =
                    HttpRequest.newBuilder(node.at("/api/nothing"))
                            .header("Authorization", "Bearer " + token);
            assertThat(node.send(asked).statusCode()).isEqualTo(401);
        }
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token);
            }
        }
        var kept = data.resolve("keys/token.sha256");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
    }

    @Test
    void theLogOfTheProgramIsJsonOnePerLineAndNamesNoCaller() throws Exception {
        try (var node = RunningNode.start(data, Map.of())) {
            node.get("/api/avatars/walker-secret?token=hidden");
        }
        var lines = Files.readAllLines(data.resolve("node.log"));
        assertThat(lines).isNotEmpty();
        for (var line : lines) {
            assertThat(JsonMapper.shared().readTree(line).has("level")).isTrue();
            assertThat(line).doesNotContain("walker-secret", "hidden");
        }
    }

    @Test
    void aNodeThatCannotListenSaysWhyAndLeavesNothingRunning() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> RunningNode.start(data, Map.of("http.port", port)))
                    .hasMessage("port " + port + " is taken by another program");
        }
        RunningNode.start(data, Map.of()).close();
    }
}
