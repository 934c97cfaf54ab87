// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.client.Recording;
import org.carnet.client.Replay;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.Node;
import org.carnet.node.RunningNode;
import org.carnet.node.settings.Settings;
import org.carnet.node.things.Watch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Frauds against a real node, and against whom nothing may be done.
final class SignalsTest {
    private static final String[] WORN = {
        "acceleration-x",
        "acceleration-y",
        "acceleration-z",
        "rotation-x",
        "rotation-y",
        "rotation-z",
        "activity"
    };

    @TempDir static Path data;
    private static Node node;
    private static NodeClient operator;

    private Watch watch = Watch.of("owner-" + UUID.randomUUID());

    @BeforeAll
    static void start() throws IOException {
        node =
                Node.start(
                        Settings.of(
                                Map.of(
                                        "name", "agora",
                                        "data.directory", data.resolve("node").toString(),
                                        "http.port", "0",
                                        "mqtt.port", "0")));
        operator = RunningNode.operator(node, data.resolve("node"));
    }

    @AfterAll
    static void stop() throws IOException {
        operator.close();
        node.close();
    }

    private static SignalsTest of(Watch watch) {
        var test = new SignalsTest();
        test.watch = watch;
        return test;
    }

    private void register() throws IOException {
        watch.registerDirect(operator);
        watch.map(operator, "agora", "walker-" + UUID.randomUUID(), WORN);
    }

    private static Bytes pack(SigningKey signer, Watch of, long sequence, double value) {
        var now = Instant.now();
        var reading = new Reading("acceleration-x", now, new Value.Quantity(value), "m/s2");
        return Signer.sign(
                signer, Form.JWS_SENML_JSON, of.key().did(), sequence, now, List.of(reading));
    }

    private static Ack post(Bytes pack) throws Exception {
        try (var client = NodeClient.open(node.url(), Trust.usual())) {
            return client.posts().send(pack).get(20, TimeUnit.SECONDS);
        }
    }

    private static String refusal(Ack answer) {
        return answer instanceof Ack.Refused refused ? refused.reason() : "accepted";
    }

    private List<JsonNode> signals() {
        try {
            return operator.get("api/signals?limit=1000")
                    .valueStream()
                    .filter(signal -> signal.path("party").asString().equals(watch.did()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode signalled(String rule) throws InterruptedException {
        var until = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(until)) {
            for (var signal : signals()) {
                if (signal.path("rule").asString().equals(rule)) return signal;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("no signal of " + rule + " among " + signals());
    }

    @Test
    void aStolenKeyIsSuspendedAtItsFirstContradictionAndAnOperatorLiftsThat() throws Exception {
        register();
        assertThat(refusal(post(pack(watch.key(), watch, 1, 1)))).isEqualTo("accepted");
        assertThat(refusal(post(pack(watch.key(), watch, 1, 2)))).isEqualTo("replay");
        var signal = signalled("same-number-twice");
        assertThat(signal.path("effect").asString()).isEqualTo("suspended");
        assertThat(signal.path("reasons").path(0).asString()).contains("the number 1");
        assertThat(refusal(post(pack(watch.key(), watch, 2, 1)))).isEqualTo("suspended");
        var appeal = "api/signals/" + signal.path("id").asLong() + "/appeal";
        operator.post(appeal, Map.of("decision", "uphold", "why", "it is stolen"));
        assertThat(refusal(post(pack(watch.key(), watch, 3, 1)))).isEqualTo("suspended");
        operator.post(appeal, Map.of("decision", "lift", "why", "its battery had died"));
        assertThat(refusal(post(pack(watch.key(), watch, 4, 1)))).isEqualTo("accepted");
        var kinds =
                operator.get("api/records?limit=500&about=" + watch.did())
                        .path("records")
                        .valueStream()
                        .map(record -> record.path("kind").asString())
                        .toList();
        // The refused replay and the signal come from two threads.
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "received",
                        "appealed",
                        "refused",
                        "appealed",
                        "refused",
                        "signalled",
                        "refused",
                        "received",
                        "registered")
                .startsWith("received", "appealed", "refused", "appealed", "refused");
        assertThat(signals().getFirst().path("state").asString()).isEqualTo("lifted");
    }

    @Test
    void nobodyGetsAThingOfSomebodyElseSuspendedWithoutItsKey() throws Exception {
        register();
        var stranger = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var recorded = pack(watch.key(), watch, 1, 1);
        assertThat(refusal(post(recorded))).isEqualTo("accepted");
        for (int i = 0; i < 50; i++) {
            assertThat(refusal(post(pack(stranger, watch, 2 + i, i)))).isEqualTo("wrong-key");
            assertThat(refusal(post(forged(recorded, i)))).isEqualTo("bad-signature");
            assertThat(refusal(post(recorded))).isEqualTo("replay");
        }
        // What was told before was looked at before: a real fraud comes last.
        var other = of(Watch.of("owner-" + UUID.randomUUID()));
        other.aStolenKeyIsSuspendedAtItsFirstContradictionAndAnOperatorLiftsThat();
        assertThat(signals()).isEmpty();
        assertThat(refusal(post(pack(watch.key(), watch, 2, 1)))).isEqualTo("accepted");
    }

    @Test
    void whoeverIsNotEntitledToAnswerAnAppealLiftsNothing() throws Exception {
        var mine = Watch.of("operator");
        mine.registerDirect(operator);
        mine.map(operator, "agora", "walker-" + UUID.randomUUID(), WORN);
        post(pack(mine.key(), mine, 1, 1));
        post(pack(mine.key(), mine, 1, 2));
        var signal = of(mine).signalled("same-number-twice");
        var path = "api/signals/" + signal.path("id").asLong();
        var lift = Map.of("decision", "lift", "why", "please");
        try (var anybody = NodeClient.open(node.url(), Trust.usual())) {
            assertThatThrownBy(() -> anybody.post(path + "/appeal", lift))
                    .hasMessageContaining("401");
            assertThatThrownBy(() -> anybody.get("api/signals")).hasMessageContaining("401");
        }
        // Not even an operator, about a thing of their own.
        assertThatThrownBy(() -> operator.post(path + "/appeal", lift))
                .hasMessageContaining("Nobody answers an appeal of their own");
        assertThatThrownBy(() -> operator.post(path + "/confirm", Map.of()))
                .isInstanceOf(NodeRefused.class);
        assertThat(refusal(post(pack(mine.key(), mine, 2, 1)))).isEqualTo("suspended");
    }

    /// The same pack with another signature.
    private static Bytes forged(Bytes pack, int variant) {
        var text = pack.toUtf8();
        int dot = text.lastIndexOf('.');
        var signature = Bytes.base64Url(text.substring(dot + 1)).toArray();
        signature[variant % 32] ^= 1;
        return Bytes.utf8(text.substring(0, dot + 1) + Bytes.unsafe(signature).toBase64Url());
    }

    @Test
    void aWatchThatAnotherPersonPutsOnIsNoticedByItsMovements() throws Exception {
        register();
        var packs = new ArrayList<Bytes>();
        var slices = new ArrayList<>(Recording.of("s02").slices(Replay.SLICE).subList(0, 700));
        slices.addAll(Recording.of("s14").slices(Replay.SLICE).subList(0, 700));
        var start = Instant.now().minusSeconds(10);
        for (int i = 0; i < slices.size(); i++) {
            var samples = slices.get(i);
            if (samples.isEmpty()) continue;
            var lap = start.plusMillis(100L * i).minus(samples.getFirst().offset());
            var readings = Recording.readings(samples, lap);
            packs.add(
                    Signer.sign(
                            watch.key(),
                            Form.COSE_SENML_CBOR,
                            watch.key().did(),
                            i + 1,
                            Instant.now(),
                            readings));
        }
        try (var client = NodeClient.open(node.url(), Trust.usual());
                var stream = client.stream(16)) {
            for (var pack : packs) {
                if (!refusal(stream.send(pack).get(20, TimeUnit.SECONDS)).equals("accepted")) break;
            }
        }
        var signal = signalled("changed-character");
        assertThat(signal.path("effect").asString()).isIn("step-up", "suspended");
        var appeal = "api/signals/" + signal.path("id").asLong() + "/appeal";
        operator.post(appeal, Map.of("decision", "uphold", "why", "it was stolen"));
        assertThat(refusal(post(pack(watch.key(), watch, 5000, 1)))).isEqualTo("suspended");
    }
}
