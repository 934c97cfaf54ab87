// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.attestation.Eat;
import org.carnet.attestation.Eat.Debug;
import org.carnet.attestation.Evidence;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.ThingDescription;
import org.carnet.client.Trust;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.Node;
import org.carnet.node.RunningNode;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A device without a screen worth speaking of, from its box to its owner, at a real node.
final class ClaimTest {
    private static final Maker MAKER = new Maker("Watchmaker", Instant.now());

    @TempDir static Path data;
    private static Node node;
    private static NodeClient anybody;
    private static NodeClient alice;
    private static NodeClient mallory;

    private final String serial = UUID.randomUUID().toString();
    private final Maker.Device device = MAKER.device(serial);
    private final Watch watch = Watch.of("alice");

    @BeforeAll
    static void start() throws IOException {
        var makers = Files.writeString(data.resolve("makers.pem"), MAKER.pem());
        node =
                Node.start(
                        Settings.of(
                                Map.of(
                                        "name", "agora",
                                        "data.directory", data.resolve("node").toString(),
                                        "http.port", "0",
                                        "mqtt.port", "off",
                                        "makers.authorities", makers.toString())));
        anybody = NodeClient.open(node.url(), Trust.usual());
        alice = anybody.as(RunningNode.user(node, "alice"));
        mallory = anybody.as(RunningNode.user(node, "mallory"));
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    private static JsonNode ask() throws IOException {
        return anybody.post("claims", Map.of());
    }

    private Map<String, Object> evidence(Bytes nonce, Maker.Device shown, SigningKey own) {
        var claims =
                new Eat(
                        nonce,
                        Optional.empty(),
                        Optional.of(own.did()),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.of(Debug.DISABLED),
                        Optional.of("watch-os"),
                        Optional.empty());
        var made = Evidence.asCwt(new Evidence.Chain(shown.chain()), claims, shown.key(), own);
        var body = new HashMap<String, Object>();
        body.put("chain", shown.chain().stream().map(Bytes::toBase64).toList());
        body.put("attestation", made.attestation().toBase64Url());
        body.put("possession", made.possession().orElseThrow().toBase64Url());
        body.put("thingDescription", ThingDescription.ofWatch(own.did(), "a watch").toJson());
        body.put("route", "direct");
        return body;
    }

    private String attest(JsonNode asked, Maker.Device shown, SigningKey own) throws IOException {
        var nonce = Bytes.base64Url(asked.path("nonce").asString());
        var path = "claims/" + asked.path("id").asString() + "/attestation";
        return anybody.post(path, evidence(nonce, shown, own)).path("code").asString();
    }

    @Test
    void aDeviceAttestsShowsACodeAndIsItsOwnersOnceTheySaidIt() throws Exception {
        var asked = ask();
        var code = attest(asked, device, watch.key());
        var state = "claims/" + asked.path("id").asString();
        assertThat(anybody.get(state).path("state").asString()).isEqualTo("waiting");
        var seen = alice.get("api/claims/" + code.toLowerCase().replace("-", ""));
        assertThat(seen.path("serialNumber").asString()).isEqualTo(serial);
        assertThat(seen.path("maker").asString()).isEqualTo("CN=Watchmaker");
        alice.post("api/claims/" + code, Map.of());
        assertThat(anybody.get(state).path("thing").asString()).isEqualTo(watch.did());
        var avatar = "walker-" + UUID.randomUUID();
        watch.map(alice, "agora", avatar, "rotation-x");
        var answer = anybody.posts().send(watch.pack(1, "rotation-x")).get(20, TimeUnit.SECONDS);
        assertThat(answer).isInstanceOf(Ack.Durable.class);
        assertThatThrownBy(() -> mallory.post("api/claims/" + code, Map.of()))
                .hasMessageContaining("404");
    }

    @Test
    void anAttestationIsGoodForOneClaimAndOnce() throws Exception {
        var asked = ask();
        var nonce = Bytes.base64Url(asked.path("nonce").asString());
        var evidence = evidence(nonce, device, watch.key());
        var other = "claims/" + ask().path("id").asString() + "/attestation";
        assertThatThrownBy(() -> anybody.post(other, evidence))
                .hasMessageContaining("attestation-refused")
                .hasMessageContaining("another occasion");
        assertThatThrownBy(() -> anybody.post(other, evidence)).hasMessageContaining("404");
        var path = "claims/" + asked.path("id").asString() + "/attestation";
        anybody.post(path, evidence);
        assertThatThrownBy(() -> anybody.post(path, evidence)).hasMessageContaining("404");
    }

    @Test
    void aDeviceOfAnotherMakerOrUnderAnothersNameIsRefused() throws Exception {
        var stranger = new Maker("Watchmaker", Instant.now()).device(serial);
        assertThatThrownBy(() -> attest(ask(), stranger, watch.key()))
                .hasMessageContaining("attestation-refused");
        var asked = ask();
        var nonce = Bytes.base64Url(asked.path("nonce").asString());
        var body = evidence(nonce, device, watch.key());
        var victim = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        body.put("thingDescription", ThingDescription.ofWatch(victim.did(), "x").toJson());
        var path = "claims/" + asked.path("id").asString() + "/attestation";
        assertThatThrownBy(() -> anybody.post(path, body)).hasMessageContaining("another key");
    }

    @Test
    void aCopyOfADeviceIsNotClaimedBesideItAndNobodyLearnsWhoseItIs() throws Exception {
        alice.post("api/claims/" + attest(ask(), device, watch.key()), Map.of());
        var copy = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        assertThatThrownBy(() -> attest(ask(), device, copy))
                .hasMessageContaining("409")
                .hasMessageNotContaining("alice");
        var renewed = MAKER.device(serial);
        assertThatThrownBy(() -> attest(ask(), renewed, copy)).hasMessageContaining("409");
        alice.post("api/things/" + watch.did() + "/decommission", Map.of());
        assertThatThrownBy(() -> attest(ask(), device, copy)).hasMessageContaining("409");
    }

    @Test
    void twoWhoClaimOneDeviceAtOnceDoNotBothGetIt() throws Exception {
        var first = attest(ask(), device, watch.key());
        var copy = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var second = attest(ask(), device, copy);
        alice.post("api/claims/" + first, Map.of());
        assertThatThrownBy(() -> mallory.post("api/claims/" + second, Map.of()))
                .hasMessageContaining("409");
    }

    @Test
    void whoGuessesCodesIsStoppedAndNobodyElseIs() throws Exception {
        var guesser = anybody.as(RunningNode.user(node, "guesser"));
        var answers = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            var code = "BBBB-BBB" + "BCDFGHJK".charAt(i);
            try {
                guesser.post("api/claims/" + code, Map.of());
            } catch (IOException e) {
                answers.add(String.valueOf(e.getMessage()).replaceAll(".*answers (\\d+).*", "$1"));
            }
        }
        assertThat(answers)
                .isEqualTo(List.of("404", "404", "404", "404", "404", "429", "429", "429"));
        var code = attest(ask(), device, watch.key());
        assertThatThrownBy(() -> guesser.post("api/claims/" + code, Map.of()))
                .hasMessageContaining("429");
        alice.post("api/claims/" + code, Map.of());
    }

    @Test
    void nobodyClaimsWithoutAnAccount() throws Exception {
        var code = attest(ask(), device, watch.key());
        assertThatThrownBy(() -> anybody.post("api/claims/" + code, Map.of()))
                .hasMessageContaining("401");
    }
}
