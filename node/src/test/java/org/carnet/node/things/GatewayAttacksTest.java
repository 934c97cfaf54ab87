// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.GatewayProof;
import org.carnet.envelope.MacPack;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a gateway tries that this node knows, with things that are not its own.
final class GatewayAttacksTest {
    private static final String PROPERTY = "acceleration-x";
    private static final SigningKey GATEWAY = key();
    private static final SigningKey OTHER = key();

    private static RunningNode node;

    private final Watch direct = Watch.of("owner-" + UUID.randomUUID());
    private final Watch sensor = Watch.of("owner-" + UUID.randomUUID());

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        node = RunningNode.start(home.resolve("node"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    private static SigningKey key() {
        return SigningKey.generate(Algorithm.ED25519, new SecureRandom());
    }

    /// A thing of its own, another gateway's, and one that needs none.
    private void register() throws Exception {
        var operator = node.operator();
        var own = Watch.of("owner-" + UUID.randomUUID());
        own.registerBehind(operator, own.key().did(), OTHER.did().value());
        sensor.registerBehind(operator, sensor.key().did(), GATEWAY.did().value());
        sensor.map(operator, "test", "sensor-" + UUID.randomUUID(), PROPERTY);
        direct.registerDirect(operator);
        direct.map(operator, "test", "direct-" + UUID.randomUUID(), PROPERTY);
    }

    private static String proof(SigningKey gateway) {
        return GatewayProof.create(gateway, "test", Instant.now(), UUID.randomUUID().toString());
    }

    /// What becomes of a pack that comes with this proof: the problem, or that it was taken.
    private static String sent(String proof, Bytes pack) throws Exception {
        var type = pack.toHex().startsWith("65794a") ? "application/jose" : "application/cose";
        var answer =
                node.send(
                        HttpRequest.newBuilder(node.at("/updates"))
                                .header("Authorization", "DID " + proof)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofByteArray(pack.toArray())));
        if (answer.statusCode() < 300) return "taken";
        return answer.body().replaceAll("(?s).*\"/problems/([a-z-]+)\".*", "$1");
    }

    private static Bytes vouched(SigningKey gateway, Watch thing, long sequence) {
        return thing.pack(gateway, Form.JWS_SENML_JSON, sequence, Instant.now(), PROPERTY);
    }

    @Test
    void aGatewaySpeaksForNoThingThatIsNotItsOwn() throws Exception {
        register();
        for (var thing : List.of(sensor, direct)) {
            assertThat(sent(proof(OTHER), vouched(OTHER, thing, 1))).isEqualTo("wrong-key");
            assertThat(sent(proof(OTHER), thing.pack(1, PROPERTY))).isEqualTo("wrong-route");
        }
        // Nor does its word come by another way than its own.
        assertThat(sent(proof(OTHER), vouched(GATEWAY, sensor, 1))).isEqualTo("wrong-route");
        assertThat(sent(proof(GATEWAY), vouched(GATEWAY, sensor, 1))).isEqualTo("taken");
    }

    @Test
    void aProofIsOfAKnownGatewayAndGoodOnce() throws Exception {
        register();
        var proof = proof(GATEWAY);
        assertThat(sent(proof, vouched(GATEWAY, sensor, 1))).isEqualTo("taken");
        assertThat(sent(proof, vouched(GATEWAY, sensor, 2))).isEqualTo("unauthorized");
        assertThat(sent(proof(key()), sensor.pack(1, PROPERTY))).isEqualTo("unauthorized");
        var forged = proof(GATEWAY).replaceFirst("\\.[^.]*$", ".AAAA");
        assertThat(sent(forged, sensor.pack(1, PROPERTY))).isEqualTo("unauthorized");
    }

    /// A secret that two share proves to nobody else which of them spoke: it is worth its gateway's word, never the thing's.
    @Test
    void whatAThingOnlySharesWithItsGatewayIsNoWordOfTheThing() throws Exception {
        register();
        var now = Instant.now();
        var reading = new Reading(PROPERTY, now, new Value.Quantity(7), "m/s2");
        var shared = Bytes.hex("44".repeat(32));
        var mac = MacPack.create(shared, sensor.key().did(), 1, now, List.of(reading));
        assertThat(sent(proof(GATEWAY), mac)).isEqualTo("malformed-envelope");
        assertThat(sent(proof(GATEWAY), vouched(GATEWAY, sensor, 1))).isEqualTo("taken");
        var path = "api/records?kind=received&about=" + sensor.did();
        var records = node.operator().get(path).path("records");
        assertThat(records).hasSize(1);
        assertThat(records.path(0).path("assurance").asString()).isEqualTo("gateway");
    }
}
