// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.node.Node;
import org.carnet.node.RunningNode;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// An IoT platform and a metaverse platform, two whole nodes, and a watch whose data crosses from one to the other.
final class ForwardingTest {
    @TempDir Path directory;
    private final Watch watch = Watch.of("alice");

    private Node start(String name, Map<String, String> more) throws IOException {
        var settings =
                new HashMap<>(
                        Map.of(
                                "name",
                                name,
                                "data.directory",
                                directory.resolve(name).toString(),
                                "http.port",
                                "0",
                                "mqtt.port",
                                "off"));
        settings.putAll(more);
        return Node.start(Settings.of(settings));
    }

    private NodeClient operator(Node node, String name) throws IOException {
        return RunningNode.operator(node, directory.resolve(name));
    }

    @Test
    void whatAMappingPermitsReachesTheOtherPlatformAsItPermitsIt() throws Exception {
        try (var agora = start("agora", Map.of());
                var pulse = start("pulse", Map.of("peers.agora", agora.url().toString()))) {
            var atAgora = operator(agora, "agora");
            var atPulse = operator(pulse, "pulse");
            var gateway = atPulse.get("api/node").path("did").asString();

            // in full, under the watch's own identity and signature
            watch.registerDirect(atPulse);
            watch.mapOpenly(atPulse, "agora", "walker", "rotation-x");
            watch.registerBehind(atAgora, watch.key().did(), gateway);
            watch.map(atAgora, "agora", "walker", "rotation-x");

            // reduced to an intensity, under an alias
            var intensity = List.of(Map.of("property", "activity-intensity", "periodMillis", 1000));
            var mapping =
                    watch.map(atPulse, watch.did(), "agora", "spark", Map.of("shares", intensity));
            var alias = org.carnet.identity.DidKey.parse(mapping.path("alias").asString());
            watch.registerBehind(atAgora, alias, gateway);
            watch.map(atAgora, alias.value(), "agora", "spark", Map.of("shares", intensity));

            try (var stream = NodeClient.open(pulse.url(), Trust.usual()).stream(8)) {
                assertThat(stream.send(watch.pack(1, "rotation-x")).get(20, TimeUnit.SECONDS))
                        .isInstanceOf(Ack.Durable.class);
                assertThat(stream.send(motion(2)).get(20, TimeUnit.SECONDS))
                        .isInstanceOf(Ack.Durable.class);
            }
            await(() -> applied(atAgora, "walker") == 1 && applied(atAgora, "spark") == 1);
            assertThat(atAgora.get("avatars/walker/properties").propertyNames())
                    .containsExactly("rotation-x");
            assertThat(atAgora.get("avatars/spark/properties").propertyNames())
                    .containsExactly("activity-intensity");
            assertThat(assurance(atAgora, watch.did())).isEqualTo("thing");
            assertThat(assurance(atAgora, alias.value())).isEqualTo("gateway");
            await(() -> atPulse.get("api/records?kind=delivered").path("records").size() == 2);
        }
    }

    @Test
    void whatWasAcknowledgedWhileTheOtherPlatformWasAwayReachesItLaterAndARestartLosesNothing()
            throws Exception {
        int port;
        try (var agora = start("agora", Map.of())) {
            operator(agora, "agora").close();
            port = agora.ports().of("http").orElseThrow();
        }
        var peer = Map.of("peers.agora", "http://127.0.0.1:" + port);
        String gateway;
        try (var pulse = start("pulse", peer)) {
            var atPulse = operator(pulse, "pulse");
            gateway = atPulse.get("api/node").path("did").asString();
            watch.registerDirect(atPulse);
            watch.mapOpenly(atPulse, "agora", "walker", "rotation-x");
            send(pulse, 1);
        }
        try (var pulse = start("pulse", peer)) {
            assertThat(send(pulse, 1)).isEqualTo("replay");
            assertThat(send(pulse, 2)).isEmpty();
            try (var agora = start("agora", Map.of("http.port", "" + port))) {
                var atAgora = operator(agora, "agora");
                watch.registerBehind(atAgora, watch.key().did(), gateway);
                watch.map(atAgora, "agora", "walker", "rotation-x");
                await(() -> applied(atAgora, "walker") == 2);
            }
        }
        // The avatar comes back from the snapshot, and from the record alone.
        for (var forget : List.of(false, true)) {
            if (forget) deleteSnapshots("agora");
            try (var agora = start("agora", Map.of("http.port", "" + port))) {
                var atAgora = operator(agora, "agora");
                assertThat(applied(atAgora, "walker")).isEqualTo(2);
                assertThat(atAgora.get("avatars/walker/properties/rotation-x").asDouble())
                        .isEqualTo(2);
            }
        }
    }

    private String send(Node node, long sequence) throws Exception {
        try (var stream = NodeClient.open(node.url(), Trust.usual()).stream(8)) {
            var answer = stream.send(watch.pack(sequence, "rotation-x")).get(20, TimeUnit.SECONDS);
            return answer instanceof Ack.Refused refused ? refused.reason() : "";
        }
    }

    /// Two seconds and a bit of a swinging arm, in one pack.
    private org.carnet.Bytes motion(long sequence) {
        var now = Instant.now();
        var readings = new java.util.ArrayList<Reading>();
        for (int i = 0; i < 25; i++) {
            var at = now.plusMillis(50L * i);
            for (var axis : List.of("x", "y", "z")) {
                readings.add(
                        new Reading(
                                "acceleration-" + axis,
                                at,
                                new Value.Quantity(axis.equals("z") ? 9.81 + Math.sin(i) : 0),
                                "m/s2"));
            }
        }
        return Signer.sign(
                watch.key(), Form.COSE_SENML_CBOR, watch.key().did(), sequence, now, readings);
    }

    private static long applied(NodeClient node, String avatar) throws IOException {
        return node.get("api/avatars")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(avatar))
                .mapToLong(one -> one.path("applied").asLong())
                .sum();
    }

    private static String assurance(NodeClient node, String thing) throws IOException {
        return node.get("api/records?kind=received&about=" + thing)
                .path("records")
                .path(0)
                .path("assurance")
                .asString();
    }

    private void deleteSnapshots(String name) throws IOException {
        try (var files = Files.list(directory.resolve(name).resolve("state"))) {
            for (var file : files.toList()) Files.delete(file);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
