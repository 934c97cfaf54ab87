// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// People of other platforms enter a whole node with their account there.
final class EntranceTest {
    @TempDir static Path home;

    private static FakeProvider trusted;
    private static FakeProvider stranger;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        trusted = FakeProvider.start();
        stranger = FakeProvider.start();
        node =
                RunningNode.start(
                        home.resolve("data"),
                        Map.of(
                                "providers.agora", trusted.issuer(),
                                "providers.agora.client", FakeProvider.CLIENT,
                                "providers.agora.label", "Agora",
                                "providers.agora.roles", "user",
                                "providers.agora.step-up", "true",
                                "providers.other", stranger.issuer(),
                                "providers.other.client", "Cpublic",
                                "providers.other.public", "true"));
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        trusted.close();
        stranger.close();
    }

    @AfterEach
    void beHonest() {
        for (var provider : List.of(trusted, stranger)) {
            provider.metadata.removeAll();
            provider.claims = UnaryOperator.identity();
            provider.signature = FakeProvider::es256;
        }
    }

    @Test
    void whoComesForTheFirstTimeGetsAnAccountThatSaysNothingOfTheOneThereAndKeepsIt()
            throws Exception {
        var visitor = new Visitor(node);
        var back = visitor.enter(trusted, "agora", "alice@agora.example");
        assertThat(back).isEqualTo(URI.create("/"));
        var name = visitor.account();
        assertThat(name).matches("guest-[a-z2-7]{8}");
        assertThat(visitor.presence().path("roles").toString()).isEqualTo("[\"user\"]");
        var again = new Visitor(node);
        again.enter(trusted, "agora", "alice@agora.example");
        assertThat(again.account()).isEqualTo(name);
        var other = new Visitor(node);
        other.enter(trusted, "agora", "bob@agora.example");
        assertThat(other.account()).isNotEqualTo(name);
    }

    @Test
    void itIsOnTheRecordBeforeItHolds() throws Exception {
        var visitor = new Visitor(node);
        visitor.enter(trusted, "agora", "recorded");
        var acts = acts().subList(0, 3);
        assertThat(acts.get(2)).contains("\"act\":\"opened\"");
        assertThat(acts.get(1)).contains("identity-linked", "recorded", trusted.issuer());
        assertThat(acts.get(0)).contains("signed-in", trusted.issuer());
    }

    @Test
    void nothingIsAskedButWhoItIsAndTheRequestIsPushedAndProvenByTheKeyThatIsPublished()
            throws Exception {
        trusted.asked.clear();
        var authorization = new Visitor(node).begin("agora", "?then=/");
        assertThat(FakeProvider.query(authorization.getRawQuery()).keySet())
                .containsExactlyInAnyOrder("client_id", "request_uri");
        var pushed = trusted.asked.getFirst();
        assertThat(pushed)
                .containsEntry("scope", "openid")
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge", "client_assertion");
        var keys = JWKSet.parse(node.get("/sign-in/client-keys").body());
        var assertion = SignedJWT.parse(pushed.get("client_assertion"));
        var key = keys.getKeyByKeyId(assertion.getHeader().getKeyID()).toECKey();
        assertThat(assertion.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly(trusted.issuer());
        assertThat(keys.getKeys()).allMatch(one -> !one.isPrivate());
    }

    @Test
    void aProviderWithoutPushedRequestsIsSentTheRequestWithTheBrowser() throws Exception {
        stranger.metadata.putNull("pushed_authorization_request_endpoint");
        var node = RunningNode.start(home.resolve("plain"), settings(stranger));
        try (node) {
            var visitor = new Visitor(node);
            var authorization = visitor.begin("other", "?then=/%23/account");
            assertThat(FakeProvider.query(authorization.getRawQuery()))
                    .containsKeys("state", "nonce", "code_challenge")
                    .doesNotContainKey("client_assertion");
            var back = visitor.comeBack(stranger.approve(authorization, "carol"));
            assertThat(back).isEqualTo(URI.create("/#/account"));
            assertThat(visitor.account()).startsWith("guest-");
        }
    }

    private static Map<String, String> settings(FakeProvider provider) {
        return Map.of(
                "providers.other", provider.issuer(),
                "providers.other.client", "Cpublic",
                "providers.other.public", "true");
    }

    @Test
    void tokensAreBelievedByEveryAlgorithmThatHasAPublicKey() throws Exception {
        List<BiFunction<FakeProvider, ObjectNode, String>> signatures =
                List.of(
                        FakeProvider::es256,
                        FakeProvider::edwards,
                        (provider, claims) -> provider.rsa(JWSAlgorithm.RS256, claims),
                        (provider, claims) -> provider.rsa(JWSAlgorithm.PS256, claims));
        for (var signature : signatures) {
            trusted.signature = signature;
            var visitor = new Visitor(node);
            visitor.enter(trusted, "agora", "algorithms");
            assertThat(visitor.account()).startsWith("guest-");
        }
    }

    /// What the operator trusts counts as of when it happened there; what they do not trust never does.
    @Test
    void aSignInElsewhereIsGoodForDangerousActsOnlyAsFarAsTheOperatorTrustsThatProvider()
            throws Exception {
        var fresh = new Visitor(node);
        fresh.enter(trusted, "agora", "dave");
        assertThat(fresh.presence().path("factors").toString()).contains("hwk", "mfa");
        assertThat(fresh.send("POST", "/api/account/recovery-codes", "{}").statusCode())
                .isEqualTo(200);

        trusted.claims = claims -> claims.put("auth_time", Instant.now().getEpochSecond() - 3600);
        var stale = new Visitor(node);
        stale.enter(trusted, "agora", "dave");
        assertThat(stale.send("POST", "/api/account/recovery-codes", "{}").statusCode())
                .isEqualTo(401);

        var untrusted = new Visitor(node);
        untrusted.enter(stranger, "other", "erin");
        assertThat(untrusted.presence().path("factors").size()).isZero();
        var refused = untrusted.send("POST", "/api/account/recovery-codes", "{}");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("step-up-required");
    }

    @Test
    void steppingUpAsksTheProviderAgainAndBelievesNoOldSignIn() throws Exception {
        var visitor = new Visitor(node);
        visitor.enter(trusted, "agora", "frank");
        var name = visitor.account();
        var authorization = visitor.begin("agora", "?again&then=/%23/account");
        assertThat(trusted.request(authorization))
                .containsEntry("max_age", "0")
                .containsEntry("prompt", "login");
        var back = visitor.comeBack(trusted.approve(authorization, "frank"));
        assertThat(back).isEqualTo(URI.create("/#/account"));
        assertThat(visitor.account()).isEqualTo(name);

        trusted.claims = claims -> claims.put("auth_time", Instant.now().getEpochSecond() - 600);
        var old = visitor.begin("agora", "?again");
        assertThat(visitor.comeBack(trusted.approve(old, "frank")).toString())
                .startsWith("/sign-in?refused=not-fresh&at=agora");
    }

    @Test
    void anIdentityIsLinkedFromAFreshSessionAndUnlinkedAgain() throws Exception {
        var visitor = signedIn("grace");
        assertThat(link(visitor, trusted, "agora", "grace-there"))
                .isEqualTo(URI.create("/#/account"));
        var identity = visitor.ownAccount().path("identities").get(0);
        assertThat(identity.path("platform").asString()).isEqualTo("Agora");
        assertThat(identity.path("subject").asString()).isEqualTo("grace-there");

        var elsewhere = new Visitor(node);
        elsewhere.enter(trusted, "agora", "grace-there");
        assertThat(elsewhere.account()).isEqualTo("grace");

        var path = "/api/account/identities/" + identity.path("id").asString();
        assertThat(visitor.send("DELETE", path, "").statusCode()).isEqualTo(409);
        link(visitor, stranger, "other", "grace-elsewhere");
        assertThat(visitor.send("DELETE", path, "").statusCode()).isEqualTo(204);
        var stranger = new Visitor(node);
        stranger.enter(trusted, "agora", "grace-there");
        assertThat(stranger.account()).startsWith("guest-");
    }

    /// Links who is there to the account that is signed in here.
    ///
    /// @return where the browser is sent then
    static URI link(Visitor visitor, FakeProvider there, String provider, String subject)
            throws Exception {
        return visitor.comeBack(there.approve(beginLink(visitor, provider), subject));
    }

    static URI beginLink(Visitor visitor, String provider) throws Exception {
        var body = "{\"provider\":\"" + provider + "\"}";
        var answer = visitor.send("POST", "/api/account/identities", body);
        return URI.create(Json.object(Bytes.utf8(answer.body())).path("location").asString());
    }

    @Test
    void whoIsSuspendedDoesNotEnterAndThatIsOnTheRecord() throws Exception {
        var visitor = new Visitor(node);
        visitor.enter(trusted, "agora", "heidi");
        var name = visitor.account();
        suspend(node, name);
        assertThat(visitor.account()).isEmpty();
        assertThat(visitor.enter(trusted, "agora", "heidi").toString())
                .startsWith("/sign-in?refused=not-active&at=agora");
        assertThat(visitor.account()).isEmpty();
        assertThat(acts().getFirst()).contains("failed", "not active");
    }

    static void suspend(RunningNode node, String name) throws Exception {
        var change =
                HttpRequest.newBuilder(node.at("/api/accounts/" + name))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"roles\":[],\"state\":\"suspended\"}"));
        assertThat(node.asOperator(change).statusCode()).isEqualTo(200);
    }

    /// A person with an account of this node's own, in a browser in which they have just signed in.
    static Visitor signedIn(RunningNode node, String name) throws Exception {
        node.operator().post("api/accounts", Map.of("name", name, "roles", List.of("user")));
        var path =
                node.operator()
                        .post("api/accounts/" + name + "/sign-in-links", Map.of())
                        .path("path")
                        .asString();
        var visitor = new Visitor(node);
        var link = path.substring(path.indexOf('=') + 1);
        visitor.send("POST", "/sign-in/link", "{\"link\":\"" + link + "\"}");
        assertThat(visitor.account()).isEqualTo(name);
        return visitor;
    }

    private static Visitor signedIn(String name) throws Exception {
        return signedIn(node, name);
    }

    /// What was recorded of accounts, newest first.
    private static List<String> acts() throws Exception {
        return node.operator()
                .get("api/records?limit=50")
                .path("records")
                .valueStream()
                .filter(record -> record.path("kind").asString().matches("enrolled|signed_in"))
                .map(record -> record.path("details").toString())
                .toList();
    }
}
