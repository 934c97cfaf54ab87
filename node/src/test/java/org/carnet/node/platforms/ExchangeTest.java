// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.credential.SdJwt;
import org.carnet.exchange.ContentDigest;
import org.carnet.exchange.PlatformRequest;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.node.DidNodes;
import org.carnet.node.RunningNode;
import org.carnet.node.access.Role;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.things.Watch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Agora asks Arcadia about an avatar, over TLS; then whoever stands in between, stole a key or lies asks too.
final class ExchangeTest {
    private static final Bytes BODY = Bytes.utf8("{\"purpose\":\"visit\"}");
    private static final Bytes OTHER = Bytes.utf8("{\"purpose\":\"theft\"}");

    private static DidNodes nodes;
    private static RunningNode agora;
    private static RunningNode arcadia;
    private static NodeClient mira;
    private static HttpClient http;
    private static String here;
    private static String identity;
    private static String certification;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        nodes = DidNodes.in(home);
        http = HttpClient.newBuilder().sslContext(nodes.trust().context()).build();
        agora = nodes.start("agora", Map.of());
        arcadia = nodes.start("arcadia", Map.of());
        nodes.certify(agora);
        here = DidNodes.self(arcadia).did();
        certification = DidNodes.certified(DidNodes.self(agora).did(), nodes.certifier);
        mira = agora.somebody("mira", Role.USER);
        var watch = Watch.of(Algorithm.ED25519, "mira");
        watch.registerDirect(agora.operator());
        watch.map(agora.operator(), "agora", "walker", "rotation-x");
        identity = walker();
    }

    @AfterAll
    static void stop() throws Exception {
        mira.close();
        agora.close();
        arcadia.close();
    }

    private static String walker() throws Exception {
        var shows = List.of("thing", "owner", "represents");
        return DidNodes.identity(
                mira, Map.of("platform", here, "avatar", "walker", "shows", shows));
    }

    /// Asked for by the owner, at Agora.
    private static ObjectNode asked(String identity, String... shows) throws Exception {
        var wish = Json.object();
        wish.set("body", Json.object(BODY));
        for (var claim : shows) wish.withArray("shows").add(claim);
        var request =
                HttpRequest.newBuilder(agora.at("/api/identities/" + identity + "/exchanges"))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(wish.toString()));
        var answer = agora.as(mira, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.object(Bytes.utf8(answer.body()));
    }

    private static String nonce() {
        return UUID.randomUUID().toString();
    }

    /// What the avatar proves on that occasion, as Agora makes it for its owner.
    private static String presentation(String identity, String nonce, Bytes body) throws Exception {
        var wish =
                Map.of(
                        "audience",
                        here,
                        "nonce",
                        nonce,
                        "bodyDigest",
                        ContentDigest.of(body).transaction(),
                        "shows",
                        List.of("thing", "owner", "represents"));
        return mira.post("api/identities/" + identity + "/presentations", wish)
                .path("presentation")
                .asString();
    }

    private static PlatformRequest signed(String presentation, String nonce, Bytes body) {
        return signed(presentation, nonce, body, certification, DidNodes.self(agora));
    }

    private static PlatformRequest signed(
            String presentation,
            String nonce,
            Bytes body,
            String certification,
            PlatformIdentity.Current platform) {
        return PlatformRequest.sign(
                "POST",
                Desk.address(here).toString(),
                body,
                nonce,
                new PlatformRequest.Platform(platform.key(), platform.keyId(), certification),
                SdJwt.parse(presentation),
                Instant.now());
    }

    private static PlatformRequest honest() throws Exception {
        var nonce = nonce();
        return signed(presentation(identity, nonce, BODY), nonce, BODY);
    }

    private static HttpResponse<String> sent(PlatformRequest request) throws Exception {
        return sent(request, request.body());
    }

    private static HttpResponse<String> sent(PlatformRequest request, Bytes body) throws Exception {
        var sending =
                HttpRequest.newBuilder(URI.create(request.target()))
                        .POST(BodyPublishers.ofByteArray(body.toArray()))
                        .header("content-type", "application/json");
        request.fields().forEach(sending::header);
        return http.send(sending.build(), BodyHandlers.ofString());
    }

    private static PlatformRequest without(PlatformRequest request, String field) {
        var fields = new HashMap<>(request.fields());
        fields.remove(field);
        return new PlatformRequest(request.method(), request.target(), fields, request.body());
    }

    private static void assertRefused(HttpResponse<String> answer, String flaw) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        var json = Json.object(Bytes.utf8(answer.body()));
        assertThat(json.path("flaw").asString()).as(answer.body()).isEqualTo(flaw);
    }

    private static JsonNode atArcadia(HttpResponse<String> answer) throws Exception {
        var record = Json.object(Bytes.utf8(answer.body())).path("record");
        assertThat(record.isIntegralNumber()).as(answer.body()).isTrue();
        return arcadia.operator().get("api/records/" + record.longValue());
    }

    @Test
    void whatBothProvedIsAnsweredAndIsOnBothRecords() throws Exception {
        var answer = asked(identity, "thing");
        assertThat(answer.path("status").intValue()).as(answer.toString()).isEqualTo(200);
        var said = answer.path("answer");
        assertThat(said.path("platform").asString()).isEqualTo(DidNodes.self(agora).did());
        assertThat(said.path("certifier").asString()).isEqualTo(nodes.certifier.did().value());
        assertThat(said.path("shown").propertyNames()).containsExactly("thing");
        assertThat(said.path("bodyDigest").asString())
                .isEqualTo(ContentDigest.of(BODY).transaction());
        var told = mira.get("api/identities/" + identity);
        assertThat(said.path("avatar")).isEqualTo(told.path("did"));
        assertThat(said.path("shown").path("thing")).isEqualTo(told.path("alias"));
        var there = arcadia.operator().get("api/records/" + said.path("record").longValue());
        assertThat(there.path("kind").asString()).isEqualTo("verified");
        assertThat(there.toString()).contains(told.path("did").asString());
        var kept = told.path("shown").path(0).path("record").longValue();
        assertThat(agora.operator().get("api/records/" + kept).path("kind").asString())
                .isEqualTo("presented");
    }

    @Test
    void oneProofWithoutTheOtherIsRefused() throws Exception {
        assertThat(sent(honest()).statusCode()).isEqualTo(200);
        assertRefused(sent(without(honest(), "avatar-presentation")), "no-avatar-proof");
        assertRefused(sent(without(honest(), "signature")), "no-platform-proof");
        assertRefused(sent(without(honest(), "signature-input")), "no-platform-proof");
        assertRefused(sent(without(honest(), "platform-certification")), "uncertified");
    }

    @Test
    void aFieldThatIsThereTwiceHasNoValue() throws Exception {
        var request = honest();
        var sending =
                HttpRequest.newBuilder(URI.create(request.target()))
                        .POST(BodyPublishers.ofByteArray(BODY.toArray()))
                        .header("content-type", "application/json");
        request.fields().forEach(sending::header);
        sending.header("avatar-presentation", request.fields().get("avatar-presentation"));
        assertRefused(http.send(sending.build(), BodyHandlers.ofString()), "no-avatar-proof");
    }

    @Test
    void proofsOfAnotherBodyOrOccasionAreRefusedAndTheRefusalIsOnTheRecord() throws Exception {
        var swapped = sent(honest(), OTHER);
        assertRefused(swapped, "body-changed");
        assertThat(atArcadia(swapped).toString()).contains("body-changed");
        var nonce = nonce();
        var elsewhere = signed(presentation(identity, nonce, OTHER), nonce, BODY);
        assertRefused(sent(elsewhere), "not-bound");
        assertRefused(
                sent(signed(presentation(identity, nonce, BODY), nonce(), BODY)), "not-bound");
    }

    @Test
    void aPresentationForSomebodyElseIsRefused() throws Exception {
        var elsewhere =
                mira.post(
                        "api/identities",
                        Map.of("platform", "did:web:elsewhere.example", "avatar", "walker"));
        var nonce = nonce();
        var wish =
                Map.of(
                        "audience",
                        "did:web:elsewhere.example",
                        "nonce",
                        nonce,
                        "bodyDigest",
                        ContentDigest.of(BODY).transaction());
        var path = "api/identities/" + elsewhere.path("id").asString() + "/presentations";
        var shown = mira.post(path, wish).path("presentation").asString();
        assertRefused(sent(signed(shown, nonce, BODY)), "wrong-audience");
    }

    @Test
    void disclosuresAreNeitherStrippedNorReorderedNorShownWithoutTheirHolder() throws Exception {
        var nonce = nonce();
        var parts = List.of(presentation(identity, nonce, BODY).split("~"));
        assertThat(parts).hasSize(5);
        var stripped = String.join("~", parts.get(0), parts.get(1), parts.get(2), parts.get(4));
        assertRefused(sent(signed(stripped, nonce, BODY)), "avatar-refused");
        var turned = new ArrayList<>(parts);
        Collections.swap(turned, 1, 2);
        assertRefused(sent(signed(String.join("~", turned), nonce, BODY)), "avatar-refused");
        var unbound = String.join("~", parts.subList(0, 4)) + "~";
        assertRefused(sent(signed(unbound, nonce, BODY)), "no-avatar-proof");
    }

    @Test
    void aRequestIsGoodOnceEvenAfterARestart() throws Exception {
        var request = honest();
        assertThat(sent(request).statusCode()).isEqualTo(200);
        assertRefused(sent(request), "replayed");
        // What a node that starts anew knows of it.
        var input = request.fields().get("signature-input");
        var nonce = input.replaceAll(".*nonce=\"([^\"]+)\".*", "$1");
        var again = new StoredPlatforms(arcadia.bean(JdbcClient.class), InstantSource.system());
        var platform = DidNodes.self(agora).did();
        var until = Instant.now().plusSeconds(100);
        assertThat(again.isFirst(platform, nonce, until)).isFalse();
        assertThat(again.isFirst(platform, nonce + "x", until)).isTrue();
        assertThat(again.isFirst("did:web:other.example", nonce, until)).isTrue();
    }

    @Test
    void onlyACertifierThatTheOperatorAcceptsCounts() throws Exception {
        var nobody = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var self = DidNodes.self(agora);
        var nonce = nonce();
        var shown = presentation(identity, nonce, BODY);
        for (var shows :
                List.of(
                        DidNodes.certified(self.did(), nobody),
                        DidNodes.certified(here, nodes.certifier),
                        certification.substring(0, certification.length() - 4) + "AAAA")) {
            var answer = sent(signed(shown, nonce, BODY, shows, self));
            assertRefused(answer, "uncertified");
            assertThat(atArcadia(answer).toString()).contains("uncertified");
        }
    }

    @Test
    void whoOnlySaysToBeAPlatformLeavesNoRecord() throws Exception {
        var thief = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var self = DidNodes.self(agora);
        var nonce = nonce();
        var pretended = new PlatformIdentity.Current(self.did(), self.keyId(), thief);
        var shown = presentation(identity, nonce, BODY);
        var answer = sent(signed(shown, nonce, BODY, certification, pretended));
        assertRefused(answer, "bad-signature");
        assertThat(answer.body()).doesNotContain("\"record\"");
        var unknown =
                new PlatformIdentity.Current(
                        self.did(), self.did() + "#" + thief.did().value().substring(8), thief);
        assertRefused(sent(signed(shown, nonce, BODY, certification, unknown)), "unknown-platform");
    }

    @Test
    void anAvatarThatIsNoMoreIsRefusedWithinTheTimeOfTheList() throws Exception {
        var ended = walker();
        assertThat(asked(ended).path("status").intValue()).isEqualTo(200);
        var nonce = nonce();
        var shown = presentation(ended, nonce, BODY);
        var request =
                HttpRequest.newBuilder(agora.at("/api/identities/" + ended))
                        .method("DELETE", BodyPublishers.noBody());
        assertThat(agora.as(mira, request).statusCode()).isEqualTo(204);
        await(
                () -> {
                    // What was made before is as good as new: only the list says that it is over.
                    var answer = sent(signed(shown, nonce, BODY));
                    return answer.statusCode() == 403 && answer.body().contains("REVOKED");
                });
    }

    @Test
    void aRotatedKeySpeaksForItsPlatformAndTheOldOneNoMore() throws Exception {
        var before = DidNodes.self(agora);
        agora.operator().post("api/platform/key-rotations", Map.of());
        assertThat(DidNodes.self(agora).keyId()).isNotEqualTo(before.keyId());
        await(() -> sent(honest()).statusCode() == 200);
        var nonce = nonce();
        var shown = presentation(identity, nonce, BODY);
        assertRefused(sent(signed(shown, nonce, BODY, certification, before)), "unknown-platform");
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
