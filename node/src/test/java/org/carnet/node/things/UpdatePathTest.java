// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.Carrier;
import org.carnet.client.MqttCarrier;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.envelope.CoseReceipt;
import org.carnet.envelope.Form;
import org.carnet.envelope.GatewayProof;
import org.carnet.envelope.Reason;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.node.Node;
import org.carnet.node.RunningNode;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A real node with its real database and listeners, and things that speak to it.
final class UpdatePathTest {
    @TempDir static Path data;
    private static Node node;
    private static NodeClient operator;

    private final String avatar = "walker-" + UUID.randomUUID();
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
                                        "mqtt.port", "0",
                                        "updates.rate", "20")));
        operator = RunningNode.operator(node, data.resolve("node"));
    }

    @AfterAll
    static void stop() throws IOException {
        operator.close();
        node.close();
    }

    @BeforeEach
    void register() throws IOException {
        watch.registerDirect(operator);
    }

    private JsonNode map(String... properties) throws IOException {
        return watch.map(operator, "agora", avatar, properties);
    }

    private Bytes pack(long sequence) {
        return watch.pack(sequence, "acceleration-x");
    }

    private Bytes pack(SigningKey signer, Form form, long sequence, Instant at) {
        return watch.pack(signer, form, sequence, at, "acceleration-x");
    }

    private static Ack send(Carrier carrier, Bytes pack) throws Exception {
        return carrier.send(pack).get(20, TimeUnit.SECONDS);
    }

    private static Ack post(Bytes pack) throws Exception {
        return send(NodeClient.open(node.url(), Trust.usual()).posts(), pack);
    }

    private static void assertRefused(Ack answer, Reason reason) {
        assertThat(answer).isInstanceOf(Ack.Refused.class);
        assertThat(((Ack.Refused) answer).reason()).isEqualTo(reason.slug());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void anUpdateInAnyFormIsRecordedAppliedAndProvedOverEveryCarrier(Form form) throws Exception {
        map("acceleration-x");
        var client = NodeClient.open(node.url(), Trust.usual());
        var mqtt = new InetSocketAddress("127.0.0.1", node.ports().of("mqtt").orElseThrow());
        long sequence = 0;
        for (var carrier :
                List.of(
                        client.posts(),
                        client.stream(8),
                        MqttCarrier.open(mqtt, Optional.empty(), "watch"))) {
            var answer = send(carrier, pack(watch.key(), form, ++sequence, Instant.now()));
            assertThat(answer).isInstanceOf(Ack.Durable.class);
            carrier.close();
        }
        assertThat(operator.get("avatars/" + avatar + "/properties/acceleration-x").asDouble())
                .isEqualTo(3);
        var kinds = operator.get("api/records?limit=500&about=" + watch.did()).path("records");
        assertThat(kinds.valueStream().map(record -> record.path("kind").asString()).toList())
                .containsExactly("received", "received", "received", "registered");
        assertThat(operator.get("api/records?kind=applied&about=" + avatar).path("records"))
                .hasSize(3);
        assertThat(operator.text("api/records/" + kinds.path(0).path("index").asLong() + "/proof"))
                .startsWith("c2sp.org/tlog-proof@v1");
    }

    @Test
    void aRecordIsProvedByAReceiptOfEachKeyOfTheLog() throws Exception {
        map("acceleration-x");
        assertThat(post(pack(1))).isInstanceOf(Ack.Durable.class);
        var log = LogVerifier.parse(operator.bytes("log.vkey"));
        var leaf =
                MerkleHash.leaf(
                        Bytes.base64(operator.get("api/records/0").path("leaf").asString()));
        for (var algorithm : List.of("Ed25519", "ML-DSA-44")) {
            var path = "api/records/0/receipt?algorithm=" + algorithm;
            var receipt = CoseReceipt.parse(operator.bytes(path));
            assertThat(receipt.isPostQuantum()).isEqualTo(algorithm.equals("ML-DSA-44"));
            assertThat(receipt.verifiesEntry(leaf, log)).isTrue();
        }
        assertThatThrownBy(() -> operator.bytes("api/records/0/receipt?algorithm=RS256"))
                .hasMessageContaining("Ed25519 and ML-DSA-44");
    }

    @Test
    void theEcdsaKeysOfThingsAreWelcome() throws Exception {
        watch = Watch.of(Algorithm.P256, "owner-" + UUID.randomUUID());
        register();
        map("acceleration-x");
        assertThat(post(pack(1))).isInstanceOf(Ack.Durable.class);
    }

    @Test
    void whatWasAcceptedOnceIsRefusedAsAReplayAndTheRefusalIsRecorded() throws Exception {
        map("acceleration-x");
        var pack = pack(1);
        assertThat(post(pack)).isInstanceOf(Ack.Durable.class);
        assertRefused(post(pack), Reason.REPLAY);
        var refused = operator.get("api/records?kind=refused&about=" + watch.did()).path("records");
        assertThat(refused.path(0).path("details").path("reason").asString()).isEqualTo("replay");
    }

    @Test
    void reorderingIsToleratedWithinTheWindowAndNoFurther() throws Exception {
        map("acceleration-x");
        assertThat(post(pack(100))).isInstanceOf(Ack.Durable.class);
        assertThat(post(pack(40))).isInstanceOf(Ack.Durable.class);
        assertRefused(post(pack(2)), Reason.STALE_SEQUENCE);
    }

    @Test
    void aStrangerAWrongKeyAndABadSignatureAreToldApart() throws Exception {
        map("acceleration-x");
        var stranger = Watch.of("a stranger");
        assertRefused(post(stranger.pack(1, "acceleration-x")), Reason.UNKNOWN_THING);
        assertRefused(
                post(pack(stranger.key(), Form.JWS_SENML_JSON, 1, Instant.now())),
                Reason.WRONG_KEY);
        var good = pack(1).toUtf8();
        int dot = good.lastIndexOf('.');
        var first = good.charAt(dot + 1) == 'A' ? 'B' : 'A';
        assertRefused(
                post(Bytes.utf8(good.substring(0, dot + 1) + first + good.substring(dot + 2))),
                Reason.BAD_SIGNATURE);
        assertRefused(post(Bytes.utf8("eyJ.not.a.jws")), Reason.MALFORMED_ENVELOPE);
        assertThat(post(pack(1))).isInstanceOf(Ack.Durable.class);
    }

    @Test
    void aClockThatIsFarOffIsRefused() throws Exception {
        map("acceleration-x");
        for (var off : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
            var pack = pack(watch.key(), Form.JWS_SENML_JSON, 1, Instant.now().plus(off));
            assertRefused(post(pack), Reason.CLOCK_SKEW);
        }
    }

    @Test
    void nothingIsTakenThatNoMappingNamesAndPausingAndEndingTakeEffectAtOnce() throws Exception {
        var mapping = map("acceleration-x").path("id").asString();
        assertRefused(post(watch.pack(1, "rotation-x")), Reason.UNMAPPED_PROPERTY);
        operator.post("api/mappings/" + mapping + "/pause", Map.of());
        assertRefused(post(pack(1)), Reason.MAPPING_PAUSED);
        operator.post("api/mappings/" + mapping + "/resume", Map.of());
        assertThat(post(pack(1))).isInstanceOf(Ack.Durable.class);
        operator.post("api/mappings/" + mapping + "/end", Map.of());
        assertRefused(post(pack(2)), Reason.MAPPING_ENDED);
    }

    @Test
    void aMappingThatExpiredIsRefused() throws Exception {
        var until = Instant.now().plusMillis(400);
        var shares = List.of(Map.of("property", "acceleration-x"));
        watch.map(
                operator,
                watch.did(),
                "agora",
                avatar,
                Map.of("shares", shares, "notAfter", until.toString()));
        while (Instant.now().isBefore(until)) Thread.onSpinWait();
        assertRefused(post(pack(1)), Reason.MAPPING_EXPIRED);
    }

    @Test
    void aThingThatSendsTooFastIsSlowedDown() throws Exception {
        map("acceleration-x");
        Ack answer = new Ack.Durable(0);
        for (int i = 1; i <= 200 && answer instanceof Ack.Durable; i++) answer = post(pack(i));
        assertRefused(answer, Reason.RATE_LIMITED);
    }

    @Test
    void aThingBehindAGatewayIsHeardThroughItOnlyAndWhatTheGatewaySignedSaysSo() throws Exception {
        var gateway = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var sensor = Watch.of("owner-" + UUID.randomUUID());
        sensor.registerBehind(operator, sensor.key().did(), gateway.did().value());
        sensor.map(operator, "agora", avatar, "acceleration-x");
        var own = sensor.pack(1, "acceleration-x");
        var vouched = sensor.pack(gateway, Form.JWS_SENML_JSON, 2, Instant.now(), "acceleration-x");
        assertRefused(post(own), Reason.WRONG_ROUTE);

        var proof =
                GatewayProof.create(gateway, "agora", Instant.now(), UUID.randomUUID().toString());
        try (var client = NodeClient.open(node.url(), Trust.usual()).withGatewayProof(proof);
                var stream = client.stream(8)) {
            assertThat(send(stream, own)).isInstanceOf(Ack.Durable.class);
            assertThat(send(stream, vouched)).isInstanceOf(Ack.Durable.class);
        }
        var received =
                operator.get("api/records?kind=received&about=" + sensor.did()).path("records");
        assertThat(
                        received.valueStream()
                                .map(record -> record.path("assurance").asString())
                                .toList())
                .containsExactly("gateway", "thing");
    }
}
