// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.identity.Jwk;
import org.carnet.identity.VerificationKey;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A node is the OpenID Provider of its people: over real HTTP, with the real PostgreSQL and the real record.
final class ProviderTest {
    @TempDir static Path home;
    private static RunningNode node;
    private static int number;

    private Visitor alice;

    @BeforeAll
    static void start() throws Exception {
        node = RunningNode.start(home.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    @BeforeEach
    void invite() throws Exception {
        alice = Visitor.of(node, "alice-" + ++number, "user");
    }

    private static String id() {
        return "https://arcadia.example/" + ++number;
    }

    @Test
    void aPushedRequestLeadsToTokensBoundToTheClientsKey() throws Exception {
        var app = App.confidential(node, id(), Map.of("scopes", List.of("openid", "profile")));
        var back = alice.allow(app.pushed(app.wish("scope", "openid profile")));
        assertThat(back).startsWith(App.BACK + "?");
        assertThat(Visitor.query(back))
                .containsEntry("state", "af0ifjsldkj")
                .containsEntry("iss", App.issuer(node));
        var tokens = app.tokens(app.exchange(back));
        assertThat(tokens.path("token_type").asString()).isEqualTo("DPoP");

        var id = SignedToken.parse(tokens.path("id_token").asString());
        assertThat(published()).anyMatch(id::isSignedBy);
        assertThat(id.header.path("alg").asString()).isEqualTo("ES256");
        assertThat(id.text("iss")).isEqualTo(App.issuer(node));
        assertThat(id.isFor(app.id)).isTrue();
        assertThat(id.text("nonce")).isEqualTo("n-0S6_WzA2Mj");
        assertThat(id.text("sub")).matches("[A-Za-z0-9_-]{43}").doesNotContain(alice.name);
        assertThat(id.text("preferred_username")).isEqualTo(alice.name);
        assertThat(id.text("acr")).isEqualTo("sfa");
        assertThat(id.claims.path("amr").toString()).isEqualTo("[\"otp\"]");
        assertThat(id.time("auth_time").orElseThrow())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        var access = tokens.path("access_token").asString();
        assertThat(App.claims(tokens, "access_token").at("/cnf/jkt").asString())
                .isEqualTo(Jwk.thumbprint(app.holder.did()));
        assertThat(access).doesNotContain(alice.name);

        var told = app.ask("/userinfo", access);
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(Visitor.json(told).path("sub").asString()).isEqualTo(id.text("sub"));
        assertThat(Visitor.json(told).path("preferred_username").asString()).isEqualTo(alice.name);
        assertThat(app.ask("/api/things", access).statusCode()).isEqualTo(401);
    }

    @Test
    void aPersonIsAskedOnceForEachClient() throws Exception {
        var app = App.open(node, id(), Map.of("scopes", List.of("openid", "profile")));
        var wish = App.address(app.wish());
        assertThat(Visitor.location(alice.get(wish))).contains("/consent?");
        assertThat(alice.allow(wish)).startsWith(App.BACK);
        assertThat(Visitor.location(alice.get(wish))).startsWith(App.BACK).contains("code=");
        var more = App.address(app.wish("scope", "openid profile"));
        assertThat(Visitor.location(alice.get(more))).contains("/consent?");
        var anew = App.address(app.wish("prompt", "consent"));
        assertThat(Visitor.location(alice.get(anew))).contains("/consent?");
        var bob = Visitor.of(node, "bob-" + ++number, "user");
        assertThat(Visitor.location(bob.get(wish))).contains("/consent?");
    }

    @Test
    void whoeverDoesNotAllowItSendsARefusalBack() throws Exception {
        var app = App.open(node, id(), Map.of());
        var page = Visitor.location(alice.get(App.address(app.wish())));
        assertThat(Visitor.query(alice.answer(page, false)))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "af0ifjsldkj")
                .containsEntry("iss", App.issuer(node))
                .doesNotContainKey("code");
        assertThat(app.acts("signed_in")).contains("denied");
    }

    @Test
    void consentAndTokensAreOnTheRecordOfThePerson() throws Exception {
        var app = App.open(node, id(), Map.of());
        app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        assertThat(app.acts("signed_in")).contains("consented", "client-let-in");
        assertThat(app.acts("governed")).contains("client-registered");
    }

    @Test
    void clientsOfDifferentSectorsKnowAPersonByDifferentNamesForEver() throws Exception {
        var one = App.confidential(node, id(), Map.of());
        var same = App.open(node, id(), Map.of());
        var other = App.open(node, id(), Map.of("sector", "other.example"));
        var subject = subject(one);
        assertThat(subject(same)).isEqualTo(subject);
        assertThat(subject(other)).isNotEqualTo(subject);
        assertThat(subject(one)).isEqualTo(subject);
        var bob = Visitor.of(node, "bob-" + ++number, "user");
        assertThat(subject(bob, one)).isNotEqualTo(subject);
    }

    @Test
    void aClientChoosesEdDsa() throws Exception {
        var app = App.open(node, id(), Map.of("idTokenAlgorithm", "EdDSA"));
        var tokens = app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        var id = SignedToken.parse(tokens.path("id_token").asString());
        assertThat(id.header.path("alg").asString()).isEqualTo("EdDSA");
        assertThat(published()).anyMatch(id::isSignedBy);
        assertThat(
                        SignedToken.parse(tokens.path("access_token").asString())
                                .header
                                .path("alg")
                                .asString())
                .isEqualTo("ES256");
    }

    @Test
    void aProgramOnThePersonsMachineMayComeBackOnAnyPort() throws Exception {
        var app = App.open(node, id(), Map.of("redirectUris", List.of("http://127.0.0.1/back")));
        var back =
                alice.allow(App.address(app.wish("redirect_uri", "http://127.0.0.1:51234/back")));
        assertThat(back).startsWith("http://127.0.0.1:51234/back?code=");
    }

    @Test
    void whoeverIsNotSignedInSignsInFirstAndThenGoesOn() throws Exception {
        var app = App.open(node, id(), Map.of());
        var stranger = Visitor.stranger(node);
        var wish = App.address(app.wish());
        var page = Visitor.location(stranger.get(wish));
        assertThat(page).startsWith("/sign-in?then=");
        assertThat(alice.allow(Visitor.query(page).get("then"))).startsWith(App.BACK);
        var silent = Visitor.location(stranger.get(App.address(app.wish("prompt", "none"))));
        assertThat(Visitor.query(silent)).containsEntry("error", "login_required");
        var unasked =
                Visitor.location(
                        Visitor.of(node, "bob-" + ++number, "user")
                                .get(App.address(app.wish("prompt", "none"))));
        assertThat(Visitor.query(unasked)).containsEntry("error", "consent_required");
    }

    @Test
    void aClientMayWantThePersonToProveAnewWhoTheyAre() throws Exception {
        var app = App.open(node, id(), Map.of());
        alice.allow(App.address(app.wish()));
        for (var wish : List.of(app.wish("prompt", "login"), app.wish("max_age", "0"))) {
            var page = Visitor.location(alice.get(App.address(wish)));
            assertThat(page).startsWith("/sign-in?again&then=");
            var then = Visitor.query(page).get("then");
            assertThat(Visitor.location(alice.get(then))).startsWith("/sign-in?again&then=");
            alice.signIn();
            assertThat(alice.allow(then)).startsWith(App.BACK).contains("code=");
            // Whoever sits down at the browser may write the time differently, but not sign it.
            assertThat(Visitor.location(alice.get(then.replace("&asked=", "&asked=0"))))
                    .startsWith("/sign-in?again");
        }
        assertThat(Visitor.location(alice.get(App.address(app.wish("max_age", "3600")))))
                .startsWith(App.BACK);
    }

    @Test
    void aClientMayWantMoreProofThanThePersonGave() throws Exception {
        var app = App.open(node, id(), Map.of());
        alice.allow(App.address(app.wish()));
        assertThat(Visitor.location(alice.get(App.address(app.wish("acr_values", "sfa")))))
                .startsWith(App.BACK);
        var wish = App.address(app.wish("acr_values", "phr mfa"));
        var page = Visitor.location(alice.get(wish));
        assertThat(page).startsWith("/sign-in?again&then=");
        alice.signIn();
        var back = Visitor.location(alice.get(Visitor.query(page).get("then")));
        assertThat(Visitor.query(back)).containsEntry("error", "unmet_authentication_requirements");
    }

    @Test
    void aClientSignsAPersonOutAndHasThemSentBack() throws Exception {
        var farewell = "https://arcadia.example/bye";
        var app = App.open(node, id(), Map.of("postLogoutRedirectUris", List.of(farewell)));
        var tokens = app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        var hint = tokens.path("id_token").asString();
        var out = "/connect/logout?id_token_hint=" + hint + "&state=s1&post_logout_redirect_uri=";
        assertThat(alice.get(out + Visitor.encode("https://evil.example/")).statusCode())
                .isEqualTo(400);
        assertThat(alice.get("/api/account").statusCode()).isEqualTo(200);
        assertThat(Visitor.location(alice.get(out + Visitor.encode(farewell))))
                .isEqualTo(farewell + "?state=s1");
        assertThat(alice.get("/api/account").statusCode()).isEqualTo(401);
    }

    @Test
    void theProviderSaysOfItselfWhatWorks() throws Exception {
        for (var name : List.of("openid-configuration", "oauth-authorization-server")) {
            var about = Visitor.json(node.get("/.well-known/" + name));
            assertThat(about.path("issuer").asString()).isEqualTo(App.issuer(node));
            assertThat(about.path("subject_types_supported").toString())
                    .isEqualTo("[\"pairwise\"]");
            assertThat(about.path("code_challenge_methods_supported").toString())
                    .isEqualTo("[\"S256\"]");
            assertThat(about.path("authorization_response_iss_parameter_supported").asBoolean())
                    .isTrue();
            assertThat(about.path("token_endpoint_auth_methods_supported").toString())
                    .isEqualTo("[\"private_key_jwt\",\"none\"]");
            assertThat(about.toString()).doesNotContain("RS256", "tls_client", "token-exchange");
            for (var endpoint :
                    List.of("pushed_authorization_request", "device_authorization", "token")) {
                assertThat(about.path(endpoint + "_endpoint").asString())
                        .startsWith(App.issuer(node));
            }
        }
    }

    @Test
    void noSessionBesideThePersonsOwnIsBegun() throws Exception {
        var app = App.open(node, id(), Map.of());
        app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        assertThat(alice.cookies.keySet()).allMatch(name -> name.startsWith("carnet-"));
    }

    private String subject(App app) throws Exception {
        return subject(alice, app);
    }

    private static String subject(Visitor person, App app) throws Exception {
        var tokens = app.tokens(app.exchange(person.allow(App.address(app.wish()))));
        return App.claims(tokens, "id_token").path("sub").asString();
    }

    private static Stream<VerificationKey> keys() throws Exception {
        return Visitor.json(node.get("/oauth2/jwks"))
                .path("keys")
                .valueStream()
                .map(Jwk::parse)
                .map(VerificationKey::of);
    }

    private static List<VerificationKey> published() throws Exception {
        return keys().toList();
    }
}
