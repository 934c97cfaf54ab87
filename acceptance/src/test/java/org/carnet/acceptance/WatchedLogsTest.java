// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.process.NodeProcess;
import org.carnet.client.ThingDescription;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.Evidence;
import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.carnet.node.files.DirectoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Three real nodes that watch one another: one forks, one goes back, one falls silent, and each is found out.
final class WatchedLogsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path directory;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, NodeProcess> nodes = new HashMap<>();

    @AfterEach
    void stop() throws Exception {
        for (var node : nodes.values()) {
            signal(node, "CONT");
            node.close();
        }
    }

    private Path home(String name) {
        return directory.resolve(name);
    }

    private NodeProcess launch(String name) throws IOException {
        var peers = new ArrayList<String>();
        ports.forEach(
                (other, port) -> {
                    if (!other.equals(name)) peers.add("http://127.0.0.1:" + port);
                });
        var settings =
                Map.of(
                        "name",
                        name,
                        "http.port",
                        "" + ports.get(name),
                        "witness.peers",
                        String.join(",", peers));
        var node = NodeProcess.launch(home(name), settings);
        nodes.put(name, node);
        return node;
    }

    private NodeProcess start(String name) throws Exception {
        var node = launch(name);
        node.awaitStarted();
        return node;
    }

    private NodeProcess node(String name) {
        return nodes.get(name);
    }

    /// Puts so many records on the node's log.
    private void grow(String name, int count) throws IOException {
        try (var operator = node(name).operator()) {
            for (int i = 0; i < count; i++) {
                var did = SigningKey.generate(Algorithm.ED25519, RANDOM).did();
                operator.post(
                        "api/things",
                        Map.of(
                                "thingDescription",
                                ThingDescription.ofWatch(did, "a watch").toJson(),
                                "owner",
                                "alice",
                                "route",
                                "direct"));
            }
        }
    }

    @Test
    void aForkedARolledBackAndASilentLogAreEachReportedOnceWithEvidenceThatConvinces()
            throws Exception {
        for (var name : List.of("agora", "pulse", "forum")) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.put(name, socket.getLocalPort());
            }
        }
        for (var name : ports.keySet()) launch(name);
        for (var node : nodes.values()) node.awaitStarted();

        // Everybody's records are witnessed by somebody else.
        for (var name : ports.keySet()) {
            grow(name, 3);
            await(() -> witnessed(name) >= durable(name));
        }
        var keys = new HashMap<String, LogVerifier>();
        for (var name : ports.keySet()) keys.put(name, key(name));
        for (var name : ports.keySet()) assertThat(evidence(name)).isEmpty();

        // agora is copied, goes on, and its copy goes on otherwise at the same address.
        node("agora").close();
        copy(home("agora"), directory.resolve("copy-of-agora"));
        start("agora");
        grow("agora", 2);
        await(() -> held("pulse", "agora") >= durable("agora"));
        await(() -> held("forum", "agora") >= durable("agora"));
        node("agora").close();
        DirectoryTree.delete(home("agora"));
        copy(directory.resolve("copy-of-agora"), home("agora"));
        start("agora");
        grow("agora", 20);
        for (var witness : List.of("pulse", "forum")) {
            var fork = await(witness, "agora", "fork");
            assertThat(fork.path("proven").asBoolean()).isTrue();
            var proof = check(witness, fork, keys.get("agora"));
            assertThat(proof).isInstanceOf(Evidence.Verdict.Proven.class);
        }

        // pulse loses what it wrote last.
        node("pulse").close();
        copy(home("pulse"), directory.resolve("copy-of-pulse"));
        start("pulse");
        grow("pulse", 5);
        await(() -> held("forum", "pulse") >= durable("pulse"));
        node("pulse").close();
        DirectoryTree.delete(home("pulse"));
        copy(directory.resolve("copy-of-pulse"), home("pulse"));
        start("pulse");
        var rollback = await("forum", "pulse", "rollback");
        assertThat(check("forum", rollback, keys.get("pulse")))
                .isNotInstanceOf(Evidence.Verdict.Worthless.class);

        // forum is stopped in the middle of whatever it does.
        signal(node("forum"), "STOP");
        var stall = await("pulse", "forum", "stall");
        assertThat(check("pulse", stall, keys.get("forum")))
                .isInstanceOf(Evidence.Verdict.Reported.class);
        signal(node("forum"), "CONT");
        await(() -> incidents("pulse", "forum", "stall").getFirst().has("overAt"));

        // Each once, and on the record of who reports it.
        assertThat(incidents("forum", "agora", "fork")).hasSize(1);
        assertThat(incidents("forum", "pulse", "rollback")).hasSize(1);
        try (var operator = node("forum").operator()) {
            var recorded = operator.get("api/records?kind=distrusted").path("records");
            assertThat(recorded.findValues("evidence"))
                    .extracting(JsonNode::asString)
                    .contains(rollback.path("id").asString());
        }
    }

    private Evidence.Verdict check(String reporter, JsonNode incident, LogVerifier accused)
            throws IOException {
        try (var anybody = node(reporter).anybody()) {
            var file = anybody.bytes(incident.path("evidence").asString());
            return Evidence.parse(SignedNote.parse(file)).judge(accused);
        }
    }

    private JsonNode await(String reporter, String accused, String kind) throws Exception {
        await(() -> !incidents(reporter, accused, kind).isEmpty());
        return incidents(reporter, accused, kind).getFirst();
    }

    private List<JsonNode> incidents(String reporter, String accused, String kind)
            throws IOException {
        return evidence(reporter).stream()
                .filter(one -> one.path("log").asString().equals("carnet.local/" + accused))
                .filter(one -> one.path("kind").asString().equals(kind))
                .toList();
    }

    private List<JsonNode> evidence(String reporter) throws IOException {
        try (var anybody = node(reporter).anybody()) {
            return anybody.get("witness/evidence").valueStream().toList();
        }
    }

    private LogVerifier key(String name) throws IOException {
        try (var anybody = node(name).anybody()) {
            return LogVerifier.parse(anybody.bytes("log.vkey"));
        }
    }

    private long durable(String name) throws IOException {
        try (var operator = node(name).operator()) {
            return operator.get("api/records?limit=1").path("size").asLong();
        }
    }

    private long witnessed(String name) throws IOException {
        try (var anybody = node(name).anybody()) {
            return anybody.get("log/acks").path("acks").path(2).path("size").asLong(-1);
        }
    }

    /// Up to where a witness has cosigned a log.
    private long held(String witness, String log) throws Exception {
        var hash =
                java.util.HexFormat.of()
                        .formatHex(
                                java.security.MessageDigest.getInstance("SHA-256")
                                        .digest(("carnet.local/" + log).getBytes()));
        try (var anybody = node(witness).anybody()) {
            var note = SignedNote.parse(anybody.bytes("witness/" + hash + "/checkpoint"));
            return Checkpoint.parse(note.text()).size();
        }
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        var copy =
                new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
        assertThat(copy.waitFor()).isZero();
    }

    private static void signal(NodeProcess node, String signal)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, "" + node.process().pid()).start().waitFor();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
