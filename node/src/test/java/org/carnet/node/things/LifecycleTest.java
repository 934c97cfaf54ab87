// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.client.AccountKey;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.envelope.KeyStatement;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.node.Node;
import org.carnet.node.RunningNode;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A watch at a real node, from one key and one owner to the next, and those who would like it to be otherwise.
final class LifecycleTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir static Path data;
    private static Node node;
    private static AccountKey aliceKey;
    private static AccountKey bobKey;
    private static NodeClient operator;
    private static NodeClient alice;
    private static NodeClient bob;

    private final String avatar = "walker-" + UUID.randomUUID();
    private final Watch watch = Watch.of("alice");
    private final SigningKey next = SigningKey.generate(Algorithm.ED25519, RANDOM);

    @BeforeAll
    static void start() throws IOException {
        node = open();
        aliceKey = RunningNode.user(node, "alice");
        bobKey = RunningNode.user(node, "bob");
        signIn();
    }

    private static Node open() throws IOException {
        return Node.start(
                Settings.of(
                        Map.of(
                                "name", "agora",
                                "data.directory", data.resolve("node").toString(),
                                "http.port", "0",
                                "mqtt.port", "off",
                                "peers.arcadia", "http://127.0.0.1:9")));
    }

    private static void signIn() throws IOException {
        operator = RunningNode.operator(node, data.resolve("node"));
        alice = NodeClient.open(node.url(), Trust.usual()).as(aliceKey);
        bob = NodeClient.open(node.url(), Trust.usual()).as(bobKey);
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    @BeforeEach
    void register() throws IOException {
        watch.registerDirect(alice);
        watch.map(alice, "agora", avatar, "rotation-x");
    }

    private String at(String act) {
        return "api/things/" + watch.did() + "/" + act;
    }

    private static String statement(SigningKey signer, DidKey thing, DidKey key) {
        return KeyStatement.create(signer, thing, key, "agora", Instant.now());
    }

    private String possession(SigningKey key) {
        return statement(key, watch.key().did(), key.did());
    }

    private JsonNode changeKey(SigningKey from, SigningKey to) throws IOException {
        var consent = statement(from, watch.key().did(), to.did());
        return NodeClient.open(node.url(), Trust.usual())
                .post(
                        "things/" + watch.did() + "/key",
                        Map.of("possession", possession(to), "consent", consent));
    }

    private String send(SigningKey signer, long sequence) throws Exception {
        return send(watch.pack(signer, Form.JWS_SENML_JSON, sequence, Instant.now(), "rotation-x"));
    }

    private static String send(Bytes pack) throws Exception {
        try (var client = NodeClient.open(node.url(), Trust.usual())) {
            var answer = client.posts().send(pack).get(20, TimeUnit.SECONDS);
            return answer instanceof Ack.Refused refused ? refused.reason() : "taken";
        }
    }

    private static List<String> kinds(String about) throws IOException {
        return operator.get("api/records?limit=500&about=" + about)
                .path("records")
                .valueStream()
                .map(record -> record.path("kind").asString())
                .toList();
    }

    @Test
    void theKeySignsForTheNextOneAndIsWorthNothingFromThenOn() throws Exception {
        assertThat(send(watch.key(), 5)).isEqualTo("taken");
        var changed = changeKey(watch.key(), next);
        assertThat(changed.path("key").asString()).isEqualTo(next.did().value());
        assertThat(send(watch.key(), 6)).isEqualTo("revoked-key");
        // It counts anew: nobody who had the key before can have used up its numbers.
        assertThat(send(next, 1)).isEqualTo("taken");
        assertThat(send(next, 1)).isEqualTo("replay");
        assertThat(alice.get("api/things/" + watch.did()).path("key").asString())
                .isEqualTo(next.did().value());
        assertThat(kinds(watch.did()))
                .containsSubsequence("received", "refused", "rotated", "received", "registered");
        var received = operator.get("api/records?kind=received&about=" + watch.did());
        assertThat(received.path("records").path(0).path("assurance").asString())
                .isEqualTo("thing");
    }

    @Test
    void aKeyThatWasReplacedReplacesNothing() throws Exception {
        changeKey(watch.key(), next);
        var third = SigningKey.generate(Algorithm.P256, RANDOM);
        assertThatThrownBy(() -> changeKey(watch.key(), third)).hasMessageContaining("403");
        assertThatThrownBy(() -> changeKey(next, watch.key())).hasMessageContaining("409");
        changeKey(next, third);
        assertThat(send(third, 1)).isEqualTo("taken");
        assertThat(send(next, 1)).isEqualTo("revoked-key");
    }

    @Test
    void nobodyGivesAThingAKeyThatIsNotTheirsOrAThingThatIsNotTheirs() throws Exception {
        var stranger = SigningKey.generate(Algorithm.ED25519, RANDOM);
        assertThatThrownBy(() -> changeKey(stranger, next)).hasMessageContaining("403");
        var anybody = NodeClient.open(node.url(), Trust.usual());
        var unproven =
                Map.of(
                        "possession",
                        statement(watch.key(), watch.key().did(), next.did()),
                        "consent",
                        statement(watch.key(), watch.key().did(), next.did()));
        assertThatThrownBy(() -> anybody.post("things/" + watch.did() + "/key", unproven))
                .hasMessageContaining("did not sign for itself");
        var elsewhere =
                KeyStatement.create(next, watch.key().did(), next.did(), "x", Instant.now());
        assertThatThrownBy(() -> alice.post(at("rotate"), Map.of("possession", elsewhere)))
                .hasMessageContaining("not for agora");
        for (var act : List.of("rotate", "lost", "found", "revoke", "decommission", "hand-over")) {
            var body = Map.of("possession", possession(next), "to", "bob");
            assertThatThrownBy(() -> bob.post(at(act), body)).hasMessageContaining("403");
            assertThatThrownBy(() -> anybody.post(at(act), body)).hasMessageContaining("401");
        }
        assertThat(send(watch.key(), 1)).isEqualTo("taken");
    }

    @Test
    void aLostThingIsNotHeardUntilItIsFoundOrHasAnotherKey() throws Exception {
        alice.post(at("lost"), Map.of());
        assertThat(send(watch.key(), 1)).isEqualTo("suspended");
        // Whoever found it cannot change its key to keep it.
        assertThatThrownBy(() -> changeKey(watch.key(), next)).hasMessageContaining("lost");
        alice.post(at("found"), Map.of());
        assertThat(send(watch.key(), 1)).isEqualTo("taken");
        alice.post(at("lost"), Map.of());
        alice.post(at("rotate"), Map.of("possession", possession(next)));
        assertThat(send(next, 1)).isEqualTo("taken");
        assertThat(send(watch.key(), 2)).isEqualTo("revoked-key");
    }

    @Test
    void aRevokedKeyIsNeverGoodAgain() throws Exception {
        alice.post(at("revoke"), Map.of());
        assertThat(send(watch.key(), 1)).isEqualTo("revoked-key");
        assertThatThrownBy(() -> changeKey(watch.key(), next)).hasMessageContaining("403");
        assertThatThrownBy(() -> alice.post(at("found"), Map.of())).hasMessageContaining("409");
        alice.post(at("rotate"), Map.of("possession", possession(next)));
        assertThat(send(next, 1)).isEqualTo("taken");
        assertThat(send(watch.key(), 1)).isEqualTo("revoked-key");
    }

    @Test
    void whoHasAStolenKeyCannotUseUpTheNumbers() throws Exception {
        assertThat(send(watch.key(), (1L << 53) - 1)).isEqualTo("taken");
        alice.post(at("rotate"), Map.of("possession", possession(next)));
        assertThat(send(next, 1)).isEqualTo("taken");
    }

    @Test
    void aThingTakenOutOfServiceStaysOut() throws Exception {
        alice.post(at("decommission"), Map.of());
        assertThat(send(watch.key(), 1)).isEqualTo("decommissioned");
        assertThatThrownBy(() -> alice.post(at("rotate"), Map.of("possession", possession(next))))
                .hasMessageContaining("409");
        assertThatThrownBy(() -> watch.registerDirect(alice)).hasMessageContaining("409");
        var mappings = alice.get("api/mappings?thing=" + watch.did());
        assertThat(mappings.path(0).path("status").asString()).isEqualTo("ended");
        assertThat(kinds(watch.did())).contains("deregistered");
    }

    private JsonNode handOver(NodeClient to, String name, SigningKey key) throws IOException {
        var code = alice.post(at("hand-over"), Map.of("to", name)).path("code").asString();
        return to.post("api/hand-overs", Map.of("code", code, "possession", possession(key)));
    }

    private static String alias(JsonNode mapping) {
        return mapping.path("alias").asString();
    }

    @Test
    void anotherOwnerGetsTheThingAndNothingOfItsPast() throws Exception {
        var share = Map.<String, Object>of("shares", List.of(Map.of("property", "rotation-x")));
        var before = alias(watch.map(alice, watch.did(), "arcadia", "spark-" + avatar, share));
        assertThat(send(watch.key(), 1)).isEqualTo("taken");
        handOver(bob, "bob", next);

        // The owner before: no key, no access, no mapping; the history is theirs.
        assertThat(send(watch.key(), 2)).isEqualTo("revoked-key");
        for (var act : List.of("rotate", "lost", "revoke", "decommission")) {
            assertThatThrownBy(() -> alice.post(at(act), Map.of("possession", possession(next))))
                    .hasMessageContaining("403");
        }
        assertThatThrownBy(() -> alice.get("api/things/" + watch.did()))
                .hasMessageContaining("403");
        assertThatThrownBy(() -> watch.map(alice, "agora", avatar, "rotation-x"))
                .hasMessageContaining("403");
        for (var mapping : alice.get("api/mappings?thing=" + watch.did())) {
            assertThat(mapping.path("status").asString()).isEqualTo("ended");
            var resume = "api/mappings/" + mapping.path("id").asString() + "/resume";
            assertThatThrownBy(() -> alice.post(resume, Map.of())).hasMessageContaining("409");
        }
        assertThat(alice.get("avatars/" + avatar + "/properties/rotation-x").asDouble())
                .isEqualTo(1);

        // The new one: the thing, and no trace of what it did.
        assertThat(bob.get("api/mappings?thing=" + watch.did())).isEmpty();
        assertThatThrownBy(() -> bob.get("avatars/" + avatar + "/properties"))
                .hasMessageContaining("403");
        assertThat(send(next, 1)).isEqualTo("unmapped-property");
        var hers = new Watch(watch.key(), "bob");
        var after = alias(hers.map(bob, watch.did(), "arcadia", "his-" + avatar, share));
        assertThat(after).isNotEqualTo(before).isNotEmpty();
        hers.map(bob, "agora", "his-own-" + avatar, "rotation-x");
        assertThat(send(next, 1)).isEqualTo("taken");
        assertThat(alice.get("avatars/" + avatar + "/properties/rotation-x").asDouble())
                .isEqualTo(1);
    }

    @Test
    void onlyTheOneAccountTakesOverAndOnlyWithAKeyOfItsOwn() throws Exception {
        var offer = alice.post(at("hand-over"), Map.of("to", "carol"));
        var code = offer.path("code").asString();
        assertThatThrownBy(
                        () ->
                                bob.post(
                                        "api/hand-overs",
                                        Map.of("code", code, "possession", possession(next))))
                .hasMessageContaining("404");
        var bobs = alice.post(at("hand-over"), Map.of("to", "bob")).path("code").asString();
        var known = Map.of("code", bobs, "possession", possession(watch.key()));
        assertThatThrownBy(() -> bob.post("api/hand-overs", known)).hasMessageContaining("409");
        alice.post(at("lost"), Map.of());
        var good = Map.of("code", bobs, "possession", possession(next));
        assertThatThrownBy(() -> bob.post("api/hand-overs", good)).hasMessageContaining("lost");
        alice.post(at("found"), Map.of());
        bob.post("api/hand-overs", good);
        assertThatThrownBy(() -> bob.post("api/hand-overs", good)).hasMessageContaining("404");
    }

    @Test
    void oneAliasStandsForAThingAtAPlatformAndStaysWhenItsKeyChanges() throws Exception {
        var share = Map.<String, Object>of("shares", List.of(Map.of("property", "rotation-x")));
        var one = alias(watch.map(alice, watch.did(), "arcadia", "a-" + avatar, share));
        changeKey(watch.key(), next);
        var two = alias(watch.map(alice, watch.did(), "arcadia", "b-" + avatar, share));
        assertThat(two).isEqualTo(one).isNotEqualTo(watch.did()).isNotEqualTo(next.did().value());
        // Nobody chooses the name under which this node vouches for a thing.
        var chosen = Map.<String, Object>of("shares", share.get("shares"), "alias", one);
        assertThatThrownBy(() -> watch.map(alice, watch.did(), "arcadia", "c-" + avatar, chosen))
                .hasMessageContaining("400");
    }

    @Test
    void whatWasDecidedIsSoAfterARestartWithoutTheDatabaseKnowing() throws Exception {
        var lost = Watch.of("alice");
        lost.registerDirect(alice);
        var given = Watch.of("alice");
        given.registerDirect(alice);
        assertThat(send(watch.key(), 1)).isEqualTo("taken");
        changeKey(watch.key(), next);
        assertThat(send(next, 1)).isEqualTo("taken");
        alice.post("api/things/" + lost.did() + "/lost", Map.of());
        var code =
                alice.post("api/things/" + given.did() + "/hand-over", Map.of("to", "bob"))
                        .path("code")
                        .asString();
        var key = SigningKey.generate(Algorithm.ED25519, RANDOM);
        var possession = statement(key, given.key().did(), key.did());
        bob.post("api/hand-overs", Map.of("code", code, "possession", possession));
        RunningNode.sql(node, "update thing set condition = null");
        RunningNode.sql(
                node,
                "update thing set registration = jsonb_set(registration, '{owner}', '\"alice\"')");
        RunningNode.sql(node, "update mapping set state = 'ACTIVE'");
        restart();
        assertThat(send(next, 1)).isEqualTo("replay");
        assertThat(send(watch.key(), 2)).isEqualTo("revoked-key");
        assertThat(send(next, 2)).isEqualTo("taken");
        assertThat(send(lost.pack(1, "rotation-x"))).isEqualTo("suspended");
        assertThat(send(given.pack(1, "rotation-x"))).isEqualTo("revoked-key");
        assertThat(bob.get("api/things/" + given.did()).path("owner").asString()).isEqualTo("bob");
    }

    /// Without the snapshots, which would be newer than what the database lacks.
    private static void restart() throws IOException {
        node.close();
        try (var files = Files.list(data.resolve("node").resolve("state"))) {
            for (var file : files.toList()) Files.delete(file);
        }
        node = open();
        signIn();
    }
}
