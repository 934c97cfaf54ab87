// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.credential.AvatarCredential;
import org.carnet.credential.SdJwtFlaw;
import org.carnet.credential.SdJwtRefused;
import org.carnet.credential.SdJwtVerdict;
import org.carnet.credential.SdJwtVerifier;
import org.carnet.credential.TokenStatusList;
import org.carnet.credential.VerificationMethods;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.node.RunningNode;
import org.carnet.node.access.Role;
import org.carnet.node.points.AvatarIdentities;
import org.carnet.node.points.Secrets;
import org.carnet.node.things.Watch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who avatars are to other platforms, at a whole node: given, shown, looked for by those whom it does not concern, ended.
final class IdentitiesTest {
    private static final String ARCADIA = "did:web:arcadia.example";
    private static final String BABYLON = "did:web:babylon.example";
    private static final String DIGEST = Bytes.copyOf(new byte[32]).toBase64Url();

    private static RunningNode node;
    private static NodeClient operator;
    private static NodeClient alice;
    private static NodeClient bob;
    private static Watch watch;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        node = RunningNode.start(data.resolve("node"), Map.of());
        operator = node.operator();
        alice = node.somebody("alice", Role.USER);
        bob = node.somebody("bob", Role.USER);
        watch = Watch.of(Algorithm.ED25519, "alice");
        watch.registerDirect(operator);
        watch.map(operator, "test", "walker", "rotation-x");
    }

    @AfterAll
    static void stop() throws Exception {
        alice.close();
        bob.close();
        node.close();
    }

    private static HttpResponse<String> ask(
            NodeClient party, String method, String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(node.at(path)).method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) request.header("content-type", "application/json");
        return node.as(party, request);
    }

    private static ObjectNode json(HttpResponse<String> answer) {
        return Json.object(Bytes.utf8(answer.body()));
    }

    private static JsonNode created(String platform, Map<String, Object> more) throws IOException {
        var body = new HashMap<String, Object>(Map.of("platform", platform));
        body.putAll(more);
        return alice.post("api/identities", body);
    }

    private static JsonNode walkerAt(String platform, String... shows) throws IOException {
        return created(platform, Map.of("avatar", "walker", "shows", List.of(shows)));
    }

    private static String occasion(String audience, String... shows) {
        var body = Json.object().put("audience", audience).put("nonce", "n-1");
        body.put("bodyDigest", DIGEST);
        for (var claim : shows) body.withArray("shows").add(claim);
        return body.toString();
    }

    private static HttpResponse<String> presented(
            NodeClient party, JsonNode identity, String audience, String... shows)
            throws Exception {
        var path = "/api/identities/" + identity.path("id").asString() + "/presentations";
        return ask(party, "POST", path, occasion(audience, shows));
    }

    private static SdJwtVerdict verdict(String presentation, String audience) {
        return new SdJwtVerifier(
                        AvatarCredential.TYPE,
                        (issuer, keyId) -> VerificationKey.of(DidKey.parse(issuer)))
                .verify(presentation, audience, "n-1", Instant.now());
    }

    private static VerifiedSdJwt shown(JsonNode identity, String audience, String... claims)
            throws Exception {
        var answer = presented(alice, identity, audience, claims);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (VerifiedSdJwt) verdict(json(answer).path("presentation").stringValue(), audience);
    }

    /// What the issuer's list says of the credential now.
    private static Optional<?> taken(VerifiedSdJwt credential) throws Exception {
        var status = credential.claims().path("status").path("status_list");
        var uri = status.path("uri").stringValue();
        var token = node.get(URI.create(uri).getPath()).body();
        var list =
                TokenStatusList.verify(token, uri, VerificationMethods.ofDidKey(), Instant.now());
        return ((TokenStatusList.Read) list)
                .list()
                .refusal(status.path("idx").longValue(), credential.issuer());
    }

    @Test
    void anAvatarIsSomebodyElseAtEachPlatformAndShowsWhatItsOwnerChooses() throws Exception {
        var there = walkerAt(ARCADIA, "thing", "owner");
        var elsewhere = walkerAt(BABYLON, "thing", "owner");
        var atArcadia = shown(there, ARCADIA, "thing", "owner");
        var atBabylon = shown(elsewhere, BABYLON, "thing", "owner");
        assertThat(atArcadia.holder().value()).isEqualTo(there.path("did").asString());
        for (var claim : List.of("thing", "owner")) {
            assertThat(atArcadia.text(claim)).isNotNull().isNotEqualTo(atBabylon.text(claim));
            assertThat(atArcadia.text(claim)).doesNotContain("alice").isNotEqualTo(watch.did());
        }
        assertThat(atArcadia.text("avatar")).isNull();
        assertThat(atArcadia.binding().transactions()).containsExactly(DIGEST);
        assertThat(shown(there, ARCADIA).text("thing")).isNull();
        assertThat(taken(atArcadia)).isEmpty();
        assertThat(
                        verdict(
                                json(presented(alice, there, ARCADIA))
                                        .path("presentation")
                                        .stringValue(),
                                BABYLON))
                .isInstanceOfSatisfying(
                        SdJwtRefused.class,
                        it -> assertThat(it.flaw()).isEqualTo(SdJwtFlaw.WRONG_AUDIENCE));
    }

    @Test
    void severalAvatarsOfAThingAtOnePlatformAreLinkedByNothingButWhatTheOwnerShows()
            throws Exception {
        var one = walkerAt("did:web:one.example", "thing");
        var two = walkerAt("did:web:one.example", "thing");
        assertThat(one.path("did").asString()).isNotEqualTo(two.path("did").asString());
        var first = shown(one, "did:web:one.example", "thing");
        var second = shown(two, "did:web:one.example", "thing");
        assertThat(first.text("thing")).isEqualTo(second.text("thing"));
        assertThat(first.claims().path("status")).isNotEqualTo(second.claims().path("status"));
    }

    @Test
    void nothingIsShownThatTheOwnerDidNotAllowNorToAnybodyElse() throws Exception {
        var identity = walkerAt(ARCADIA, "thing");
        assertThat(presented(alice, identity, ARCADIA, "owner").statusCode()).isEqualTo(400);
        assertThat(presented(alice, identity, ARCADIA, "cnf").statusCode()).isEqualTo(400);
        assertThat(presented(alice, identity, BABYLON, "thing").statusCode()).isEqualTo(409);
        assertThat(presented(bob, identity, ARCADIA, "thing").statusCode()).isEqualTo(403);
    }

    @Test
    void thePlatformPresentsByItselfOnlyWhileTheOwnerLetsIt() throws Exception {
        var identity = walkerAt(ARCADIA, "thing");
        var path = "/api/identities/" + identity.path("id").asString();
        assertThat(presented(operator, identity, ARCADIA, "thing").statusCode()).isEqualTo(403);
        var until = Instant.now().plusSeconds(600).toString();
        var terms = "{\"shows\": [\"owner\"], \"standing\": \"" + until + "\"}";
        assertThat(ask(operator, "PUT", path, terms).statusCode()).isEqualTo(403);
        assertThat(ask(alice, "PUT", path, terms).statusCode()).isEqualTo(200);
        assertThat(presented(operator, identity, ARCADIA, "owner").statusCode()).isEqualTo(200);
        assertThat(presented(operator, identity, ARCADIA, "thing").statusCode()).isEqualTo(400);
        assertThat(ask(alice, "PUT", path, "{\"shows\": [\"owner\"]}").statusCode()).isEqualTo(200);
        assertThat(presented(operator, identity, ARCADIA, "owner").statusCode()).isEqualTo(403);
    }

    @Test
    void eachPresentationIsOnTheRecordAndWhatWasShownToWhomCanBeAsked() throws Exception {
        var identity = walkerAt(ARCADIA, "thing", "represents");
        shown(identity, ARCADIA, "thing");
        shown(identity, ARCADIA, "thing");
        var answer = json(presented(alice, identity, ARCADIA, "represents"));
        var record = operator.get("api/records/" + answer.path("record").longValue());
        assertThat(record.path("kind").asString()).isEqualTo("presented");
        assertThat(record.toString()).contains(ARCADIA).contains("represents");
        var told = alice.get("api/identities/" + identity.path("id").asString());
        assertThat(told.path("platform").asString()).isEqualTo(ARCADIA);
        assertThat(told.path("shown").valueStream().map(JsonNode::toString))
                .hasSize(2)
                .anyMatch(one -> one.contains("[\"thing\"],\"times\":2"))
                .anyMatch(one -> one.contains("[\"represents\"],\"times\":1"));
    }

    @Test
    void anEndedIdentityIsRevokedAndCannotBeShown() throws Exception {
        var identity = walkerAt(ARCADIA, "thing");
        var credential = shown(identity, ARCADIA);
        var path = "/api/identities/" + identity.path("id").asString();
        assertThat(ask(bob, "DELETE", path, "").statusCode()).isEqualTo(403);
        assertThat(taken(credential)).isEmpty();
        assertThat(ask(alice, "DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(taken(credential)).isPresent();
        assertThat(presented(alice, identity, ARCADIA).statusCode()).isEqualTo(403);
    }

    @Test
    void aThingThatChangesHandsLeavesNoAvatarsOfTheOldOwnerBehind() throws Exception {
        var sold = Watch.of(Algorithm.ED25519, "alice");
        sold.registerDirect(operator);
        sold.map(operator, "test", "sold", "rotation-x");
        var identity = created(ARCADIA, Map.of("avatar", "sold"));
        var kept = walkerAt(ARCADIA);
        var credential = shown(identity, ARCADIA);
        var identities = node.bean(AvatarIdentities.class);
        assertThat(identities.endOf("bob", sold.key().did(), "test")).isZero();
        assertThat(identities.endOf("alice", sold.key().did(), "test")).isEqualTo(1);
        assertThat(taken(credential)).isPresent();
        assertThat(presented(alice, kept, ARCADIA).statusCode()).isEqualTo(200);
    }

    @Test
    void whoIsForgottenIsNobodyAnywhere() throws Exception {
        var carol = node.somebody("carol", Role.USER);
        var identity =
                carol.post(
                        "api/identities", Map.of("platform", ARCADIA, "shows", List.of("owner")));
        var answer = presented(carol, identity, ARCADIA, "owner");
        var credential =
                (VerifiedSdJwt) verdict(json(answer).path("presentation").stringValue(), ARCADIA);
        var id = identity.path("id").asString();
        var store = node.bean(IdentityStore.class);
        var sealed = store.sealed(id).orElseThrow();
        var secrets = node.bean(Secrets.class);
        assertThat(secrets.open("identity " + id, sealed)).isPresent();
        operator.post("api/erasures", Map.of("subject", "carol"));
        assertThat(store.find(id)).isEmpty();
        assertThat(secrets.open("identity " + id, sealed)).isEmpty();
        assertThat(taken(credential)).isPresent();
        carol.close();
    }

    @Test
    void anAliasIsKnownToOnePlatformOnly() throws Exception {
        var more =
                Map.<String, Object>of(
                        "shares", List.of(Map.of("property", "rotation-y")), "pairwise", true);
        var mapping = watch.map(operator, watch.did(), "test", "aliased", more);
        var alias = mapping.path("alias").asString();
        var wish = Map.<String, Object>of("avatar", "aliased", "alias", alias);
        assertThat(created("did:web:first.example", wish).path("alias").asString())
                .isEqualTo(alias);
        var body = Json.object().put("platform", "did:web:second.example");
        wish.forEach((name, value) -> body.put(name, value.toString()));
        assertThat(ask(alice, "POST", "/api/identities", body.toString()).statusCode())
                .isEqualTo(409);
        body.put("alias", node.operator().get("api/node").path("did").asString());
        assertThat(ask(alice, "POST", "/api/identities", body.toString()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void theMappingIsForItsOwnerThisPlatformAndAuditorsToKnow() throws Exception {
        var identity = walkerAt("did:web:secret.example");
        var auditor = node.somebody("al", Role.AUDITOR);
        var moderator = node.somebody("mo", Role.MODERATOR);
        var query = "api/identities?did=" + NodeClient.part(identity.path("did").asString());
        for (var party : List.of(alice, operator, auditor))
            assertThat(party.get(query)).as(query).hasSize(1);
        assertThat(bob.get(query)).isEmpty();
        assertThat(bob.get("api/identities?owner=alice")).isEmpty();
        assertThat(ask(moderator, "GET", "/" + query, "").statusCode()).isEqualTo(403);
        assertThat(node.get("/" + query).statusCode()).isEqualTo(401);
        auditor.close();
        moderator.close();
    }

    /// What an answer could tell somebody who does not know which of the two it is.
    private static String telling(HttpResponse<String> answer, String id) {
        return answer.statusCode()
                + " "
                + new TreeMap<>(answer.headers().map()).keySet()
                + answer.body().replaceAll("\"decision\":\\d+", "").replace(id, "")
                + answer.headers().firstValue("content-type");
    }

    @Test
    void notYoursIsAnsweredLikeNotThere() throws Exception {
        var id = walkerAt(ARCADIA, "thing").path("id").asString();
        var none = (id.startsWith("A") ? "B" : "A") + id.substring(1);
        for (var method : List.of("GET", "PUT", "DELETE", "POST")) {
            var body = method.equals("PUT") ? "{}" : method.equals("POST") ? occasion(ARCADIA) : "";
            var more = method.equals("POST") ? "/presentations" : "";
            var foreign = ask(bob, method, "/api/identities/" + id + more, body);
            var absent = ask(bob, method, "/api/identities/" + none + more, body);
            assertThat(telling(foreign, id)).as(method).isEqualTo(telling(absent, none));
            assertThat(foreign.statusCode()).isEqualTo(403);
        }
        for (var avatar : List.of("walker", "nobody")) {
            var wish = "{\"platform\": \"" + ARCADIA + "\", \"avatar\": \"" + avatar + "\"}";
            var answer = ask(bob, "POST", "/api/identities", wish);
            assertThat(answer.statusCode()).as(avatar).isEqualTo(403);
        }
    }

    /// How well the time of one kind of answer tells it from the other: one half is not at all, one is always.
    private static double told(List<Long> some, List<Long> others) {
        long later = 0;
        for (var one : some) for (var other : others) if (one > other) later++;
        double share = (double) later / ((long) some.size() * others.size());
        return Math.max(share, 1 - share);
    }

    @Test
    void theTimeOfAnAnswerDoesNotTellEither() throws Exception {
        var foreign = new ArrayList<Long>();
        var absent = new ArrayList<Long>();
        var id = walkerAt(ARCADIA).path("id").asString();
        var none = (id.startsWith("A") ? "B" : "A") + id.substring(1);
        for (int i = 0; i < 400; i++) {
            boolean real = i % 2 == 0;
            var request =
                    HttpRequest.newBuilder(node.at("/api/identities/" + (real ? id : none))).GET();
            var plain = request.build();
            bob.credentials(plain.method(), plain.uri()).forEach(request::header);
            long before = System.nanoTime();
            node.send(request);
            (real ? foreign : absent).add(System.nanoTime() - before);
        }
        // The first ones are of a node that warms up.
        assertThat(told(foreign.subList(50, 200), absent.subList(50, 200))).isLessThan(0.68);
    }
}
