// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// What somebody tries who wants in as somebody else, or wants to know who somebody is.
final class ProviderAttacksTest {
    @TempDir static Path home;
    private static RunningNode node;
    private static RunningNode other;
    private static int number;

    private Visitor alice;
    private App app;

    @BeforeAll
    static void start() throws Exception {
        node = RunningNode.start(home.resolve("data"), Map.of());
        other = RunningNode.start(home.resolve("other"), Map.of("name", "other"));
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        other.close();
    }

    @BeforeEach
    void letIn() throws Exception {
        alice = Visitor.of(node, "alice-" + ++number, "user");
        app = App.open(node, id(), Map.of("scopes", List.of("openid", "carnet"), "refresh", true));
    }

    private static String id() {
        return "https://arcadia.example/" + ++number;
    }

    private String back() throws Exception {
        return alice.allow(App.address(app.wish("scope", "openid carnet")));
    }

    private JsonNode tokens() throws Exception {
        return app.tokens(app.exchange(back()));
    }

    private static String access(JsonNode tokens) {
        return tokens.path("access_token").asString();
    }

    @Test
    void aStolenCodeIsWorthNothingWithoutItsVerifier() throws Exception {
        var code = app.exchange(back());
        for (var verifier : List.of("", "A".repeat(43))) {
            var stolen = new HashMap<>(code);
            stolen.put("code_verifier", verifier);
            assertThat(app.token(stolen).statusCode()).isBetween(400, 401);
        }
        assertThat(app.token(code).statusCode()).isEqualTo(200);
        var confidential = App.confidential(node, id(), Map.of());
        var kept = confidential.exchange(alice.allow(App.address(confidential.wish())));
        var without = new HashMap<>(kept);
        without.remove("code_verifier");
        assertThat(Visitor.error(confidential.token(without))).isEqualTo("invalid_grant");
        assertThat(confidential.token(kept).statusCode()).isEqualTo(200);
    }

    @Test
    void aCodeThatIsShownAgainEndsWhatCameOfIt() throws Exception {
        var code = app.exchange(back());
        var tokens = app.tokens(code);
        assertThat(app.ask("/api/things", access(tokens)).statusCode()).isEqualTo(200);
        assertThat(Visitor.error(app.token(code))).isEqualTo("invalid_grant");
        assertThat(app.ask("/api/things", access(tokens)).statusCode()).isEqualTo(401);
        assertThat(app.ask("/userinfo", access(tokens)).statusCode()).isEqualTo(401);
        assertThat(Visitor.error(app.token(app.refresh(tokens)))).isEqualTo("invalid_grant");
    }

    /// Without what makes each good once, both of two who come at the same time get tokens.
    @Test
    void aCodeIsGoodForOneOfManyWhoComeAtTheSameTime() throws Exception {
        for (int round = 0; round < 5; round++) {
            var code = app.exchange(back());
            try (var threads = Executors.newFixedThreadPool(24)) {
                var answers =
                        IntStream.range(0, 24)
                                .mapToObj(
                                        _ ->
                                                CompletableFuture.supplyAsync(
                                                        () -> status(code), threads))
                                .toList();
                var good = answers.stream().map(CompletableFuture::join).filter(n -> n == 200);
                assertThat(good.count()).isEqualTo(1);
            }
        }
    }

    private int status(Map<String, String> form) {
        try {
            return app.token(form).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRefreshTokenThatIsShownAgainEndsWhatCameOfIt() throws Exception {
        var first = tokens();
        var second = app.tokens(app.refresh(first));
        assertThat(Visitor.error(app.token(app.refresh(first)))).isEqualTo("invalid_grant");
        assertThat(Visitor.error(app.token(app.refresh(second)))).isEqualTo("invalid_grant");
        assertThat(app.ask("/api/things", access(second)).statusCode()).isEqualTo(401);
    }

    @Test
    void aStolenRefreshTokenIsWorthNothingWithoutTheKey() throws Exception {
        var tokens = tokens();
        var own = app.holder;
        app.holder = SigningKey.generate(Algorithm.P256, new SecureRandom());
        assertThat(app.token(app.refresh(tokens)).statusCode()).isEqualTo(400);
        var unproven = app.form("/oauth2/token", app.refresh(tokens), null);
        assertThat(Visitor.error(unproven)).isEqualTo("invalid_dpop_proof");
        app.holder = own;
        assertThat(app.token(app.refresh(tokens)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/back",
                "https://arcadia.example/back/",
                "https://arcadia.example/back?x=1",
                "https://arcadia.example/back#x",
                "https://arcadia.example/Back",
                "https://arcadia.example:8443/back",
                "https://arcadia.example/x/../back",
                "https://arcadia.example/%62ack",
                "https://arcadia.example@evil.example/back",
                "https://arcadia.example.evil.example/back",
                "http://arcadia.example/back",
                "HTTPS://arcadia.example/back",
                "//arcadia.example/back",
                "javascript:alert(1)//arcadia.example/back",
                "http://127.0.0.1:1234/other",
                "http://127.0.0.1:1234@evil.example/local",
                "http://localhost:1234/local",
                "http://127.0.0.2:1234/local",
                "http://127.0.0.1:99999999/local",
                "http://127.0.0.1.evil.example/local",
                ""
            })
    void nobodyIsSentWhereTheClientIsNot(String redirect) throws Exception {
        var local =
                App.open(
                        node,
                        id(),
                        Map.of("redirectUris", List.of(App.BACK, "http://127.0.0.1/local")));
        for (var prompt : List.of("", "none")) {
            var wish = local.wish("redirect_uri", redirect, "prompt", prompt);
            var answer = alice.get(App.address(wish));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(local.push(wish).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void theStateComesBackAsItWasAndIsNoCode() throws Exception {
        var state = "a&code=evil&iss=x=\"<>\u00fc";
        var back = alice.allow(App.address(app.wish("state", state)));
        assertThat(Visitor.query(back))
                .containsEntry("state", state)
                .containsEntry("iss", App.issuer(node));
        assertThat(Visitor.query(back).get("code")).isNotEqualTo("evil");
        assertThat(alice.get(App.address(app.wish()) + "&state=twice").statusCode()).isEqualTo(400);
    }

    @Test
    void proofOfTheVerifierCannotBeLeftOutOrWeakened() throws Exception {
        var weak =
                List.of(
                        app.wish("code_challenge_method", "plain"),
                        app.wish("code_challenge_method", ""),
                        app.wish("code_challenge", ""),
                        app.wish("code_challenge", "", "code_challenge_method", ""),
                        app.wish("code_challenge", "short"));
        for (var wish : weak) {
            var back = Visitor.location(alice.get(App.address(wish)));
            assertThat(Visitor.query(back))
                    .containsEntry("error", "invalid_request")
                    .containsEntry("iss", App.issuer(node));
            assertThat(Visitor.error(app.push(wish))).isEqualTo("invalid_request");
        }
        // A pushed request cannot be changed on the way.
        var confidential = App.confidential(node, id(), Map.of());
        var pushed = confidential.pushed(confidential.wish());
        var back = alice.allow(pushed + "&code_challenge=" + "A".repeat(43) + "&scope=carnet");
        assertThat(confidential.token(confidential.exchange(back)).statusCode()).isEqualTo(200);
        assertThat(alice.get(pushed).statusCode()).isEqualTo(400);
    }

    @Test
    void aTokenIsWorthNothingWithoutItsKey() throws Exception {
        var access = access(tokens());
        var thief = App.open(node, id(), Map.of());
        for (var path : List.of("/api/things", "/userinfo")) {
            assertThat(thief.ask(path, access).statusCode()).as(path).isEqualTo(401);
            assertThat(app.ask(path, "DPoP " + access, null).statusCode()).isEqualTo(401);
            assertThat(app.ask(path, "Bearer " + access, null).statusCode()).isEqualTo(401);
            var proof = app.proof("GET", path, access);
            assertThat(app.ask(path, "Bearer " + access, proof).statusCode()).isEqualTo(401);
            assertThat(app.ask(path, access).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void noTokenIsGivenThatIsBoundToNoKey() throws Exception {
        var code = app.exchange(back());
        assertThat(Visitor.error(app.form("/oauth2/token", code, null)))
                .isEqualTo("invalid_dpop_proof");
        assertThatThrownBy(() -> App.open(node, id(), Map.of("dpop", false)))
                .hasMessageContaining("400");
        // For a client that said so, a bearer token opens the person's claims and nothing else.
        var old = App.confidential(node, id(), Map.of("dpop", false));
        var bearer =
                old.form("/oauth2/token", old.exchange(alice.allow(App.address(old.wish()))), null);
        var access = access(Visitor.json(bearer));
        assertThat(old.ask("/userinfo", "Bearer " + access, null).statusCode()).isEqualTo(200);
        assertThat(old.ask("/api/things", "Bearer " + access, null).statusCode()).isEqualTo(401);
        assertThat(old.ask("/api/things", access).statusCode()).isEqualTo(401);
    }

    @Test
    void theKeyThatWasSaidBeforehandIsTheOne() throws Exception {
        var said = Jwk.thumbprint(app.holder.did());
        var code = app.exchange(alice.allow(App.address(app.wish("dpop_jkt", said))));
        var first = app.holder;
        app.holder = SigningKey.generate(Algorithm.P256, new SecureRandom());
        assertThat(Visitor.error(app.token(code))).isEqualTo("invalid_dpop_proof");
        app.holder = first;
        var proof = app.proof("POST", "/oauth2/par", "");
        var pushed = Visitor.json(app.form("/oauth2/par", app.wish(), proof));
        var uri = pushed.path("request_uri").asString();
        var kept =
                app.exchange(
                        alice.allow(App.address(Map.of("client_id", app.id, "request_uri", uri))));
        app.holder = SigningKey.generate(Algorithm.P256, new SecureRandom());
        assertThat(Visitor.error(app.token(kept))).isEqualTo("invalid_dpop_proof");
        assertThat(
                        app.form(
                                        "/oauth2/par",
                                        app.wish("dpop_jkt", said),
                                        app.proof("POST", "/oauth2/par", ""))
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aProofIsGoodForOneRequest() throws Exception {
        var access = access(tokens());
        for (var path : List.of("/api/things", "/userinfo")) {
            var proof = app.proof("GET", path, access);
            assertThat(app.ask(path, "DPoP " + access, proof).statusCode()).isEqualTo(200);
            assertThat(app.ask(path, "DPoP " + access, proof).statusCode()).isEqualTo(401);
            var elsewhere = app.proof("GET", "/api/avatars", access);
            assertThat(app.ask(path, "DPoP " + access, elsewhere).statusCode()).isEqualTo(401);
            var otherVerb = app.proof("POST", path, access);
            assertThat(app.ask(path, "DPoP " + access, otherVerb).statusCode()).isEqualTo(401);
        }
        var proof = app.proof("POST", "/oauth2/token", "");
        var first = app.form("/oauth2/token", app.exchange(back()), proof);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(Visitor.error(app.form("/oauth2/token", app.exchange(back()), proof)))
                .isEqualTo("invalid_dpop_proof");
    }

    @Test
    void aTokenForSomethingElseOrOfSomebodyElseOpensNothing() throws Exception {
        var tokens = tokens();
        var id = tokens.path("id_token").asString();
        var bob = Visitor.of(other, "bob-" + ++number, "user");
        var there = App.open(other, id(), Map.of("scopes", List.of("openid", "carnet")));
        var foreign =
                access(
                        there.tokens(
                                there.exchange(
                                        bob.allow(
                                                App.address(
                                                        there.wish("scope", "openid carnet"))))));
        app.holder = there.holder;
        for (var path : List.of("/api/things", "/userinfo")) {
            assertThat(app.ask(path, id).statusCode()).as(path).isEqualTo(401);
            assertThat(app.ask(path, foreign).statusCode()).as(path).isEqualTo(401);
        }
    }

    /// The token's signature is left out, is made by the holder's own key, or has a second text.
    @Test
    void aTokenThatTheNodeDidNotSignOpensNothing() throws Exception {
        var access = access(tokens());
        var parts = access.split("\\.");
        var claims = SignedToken.parse(access).claims;
        var none = Json.object().put("alg", "none").put("typ", "at+jwt");
        var own = Json.object().put("alg", "ES256").put("typ", "at+jwt");
        var forged =
                List.of(
                        Bytes.utf8(none.toString()).toBase64Url() + "." + parts[1] + ".",
                        App.sign(own, claims, app.holder),
                        access + "*",
                        access + "=");
        for (var token : forged) {
            for (var path : List.of("/api/things", "/userinfo")) {
                assertThat(app.ask(path, token).statusCode()).as(token).isBetween(400, 401);
            }
        }
    }

    @Test
    void noOtherSiteConsentsForAPerson() throws Exception {
        var page = Visitor.location(alice.get(App.address(app.wish())));
        var state = Visitor.query(page).get("state");
        var form = Visitor.encode(Map.of("client_id", app.id, "state", state, "scope", "openid"));
        var csrf = alice.csrf;
        alice.csrf = "";
        assertThat(alice.form("/oauth2/authorize", form).statusCode()).isEqualTo(403);
        alice.csrf = "guessed";
        assertThat(alice.form("/oauth2/authorize", form).statusCode()).isEqualTo(403);
        alice.csrf = csrf;
        var own = alice.origin;
        alice.origin = "https://evil.example";
        assertThat(alice.form("/oauth2/authorize", form).statusCode()).isEqualTo(403);
        alice.origin = own;
        // Nor does a person answer what somebody else was asked, or read it.
        var mallory = Visitor.of(node, "mallory-" + ++number, "user");
        assertThat(mallory.form("/oauth2/authorize", form).statusCode()).isEqualTo(400);
        assertThat(mallory.get("/sign-in/consent?state=" + Visitor.encode(state)).statusCode())
                .isEqualTo(404);
        assertThat(alice.form("/oauth2/authorize", form).statusCode()).isEqualTo(200);
    }

    @Test
    void thePagesOnWhichPeopleConsentAreShownInNoFrame() throws Exception {
        for (var path : List.of("/consent", "/device", "/sign-in", "/oauth2/authorize")) {
            assertThat(alice.get(path).headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy ->
                                    assertThat(policy)
                                            .contains("frame-ancestors 'none'")
                                            .contains("form-action 'none'"));
        }
    }

    @Test
    void nobodyFindsTheCodeOfADeviceByTrying() throws Exception {
        var tries = 0;
        var last = 0;
        while (tries++ < 30 && last != 429) {
            last = alice.post("/sign-in/device", Map.of("code", "BCDF-GHJK")).statusCode();
            assertThat(last).isIn(404, 429);
        }
        assertThat(last).isEqualTo(429);
        assertThat(tries).isLessThan(15);
        // Not even the right one, and not by way of the answer.
        var device =
                App.open(
                        node,
                        "Watch-" + ++number,
                        Map.of(
                                "device",
                                true,
                                "redirectUris",
                                List.of(),
                                "scopes",
                                List.of("carnet")));
        var shown = Visitor.json(device.show()).path("user_code").asString();
        assertThat(alice.post("/sign-in/device", Map.of("code", shown)).statusCode())
                .isEqualTo(429);
        var yes = Map.of("code", shown, "allow", true);
        assertThat(alice.post("/sign-in/device/answer", yes).statusCode()).isEqualTo(429);
        // Somebody else still can, but not for a question that was never shown to them, or from
        // elsewhere.
        var bob = Visitor.of(node, "bob-" + ++number, "user");
        assertThat(bob.post("/sign-in/device/answer", yes).statusCode()).isEqualTo(404);
        assertThat(bob.post("/sign-in/device", Map.of("code", shown)).statusCode()).isEqualTo(200);
        bob.csrf = "";
        assertThat(bob.post("/sign-in/device/answer", yes).statusCode()).isEqualTo(403);
        assertThat(bob.get("/oauth2/device_verification?user_code=" + shown).statusCode())
                .isIn(401, 403, 404);
    }

    /// The person is led to another provider than the client believes; the answer says which it was (RFC 9207).
    @Test
    void everyAnswerSaysWhoGaveIt() throws Exception {
        assertThat(Visitor.query(back())).containsEntry("iss", App.issuer(node));
        var refusals =
                List.of(
                        app.wish("scope", "openid profile"),
                        app.wish("response_mode", "fragment"),
                        app.wish("claims", "{}"),
                        app.wish("max_age", "soon"));
        for (var wish : refusals) {
            assertThat(Visitor.query(Visitor.location(alice.get(App.address(wish)))))
                    .containsKey("error")
                    .containsEntry("iss", App.issuer(node));
        }
        var there = Visitor.json(other.get("/.well-known/openid-configuration"));
        assertThat(there.path("issuer").asString()).isNotEqualTo(App.issuer(node));
    }

    @Test
    void aCodeIsGoodForItsClientAndItsAddressOnly() throws Exception {
        var code = app.exchange(back());
        var thief = App.open(node, id(), Map.of());
        var stolen = new HashMap<>(code);
        stolen.put("client_id", thief.id);
        assertThat(thief.token(stolen).statusCode()).isBetween(400, 401);
        var elsewhere = new HashMap<>(app.exchange(back()));
        elsewhere.put("redirect_uri", "https://evil.example/");
        assertThat(Visitor.error(app.token(elsewhere))).isEqualTo("invalid_grant");
    }
}
