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

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
                .containsEntry("iss", issuer());
        var tokens = app.tokens(app.exchange(back));
        assertThat(tokens.path("token_type").asString()).isEqualTo("DPoP");

        var id = SignedToken.parse(tokens.path("id_token").asString());
        assertThat(published()).anyMatch(id::isSignedBy);
        assertThat(id.header.path("alg").asString()).isEqualTo("ES256");
        assertThat(id.text("iss")).isEqualTo(issuer());
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
                .containsEntry("iss", issuer())
                .doesNotContainKey("code");
        assertThat(acts(app)).contains("denied");
    }

    @Test
    void consentAndTokensAreOnTheRecordOfThePerson() throws Exception {
        var app = App.open(node, id(), Map.of());
        app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        assertThat(acts(app)).contains("consented", "client-let-in");
        assertThat(governed(app.id)).contains("client-registered");
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
    void refreshTokensAreGoodOnceAndGoOnWithTheKey() throws Exception {
        var app = App.open(node, id(), Map.of("refresh", true));
        var first = app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        var second = app.tokens(refresh(app, first));
        assertThat(second.path("refresh_token").asString())
                .isNotEqualTo(first.path("refresh_token").asString());
        assertThat(App.claims(second, "id_token").path("sub"))
                .isEqualTo(App.claims(first, "id_token").path("sub"));
        assertThat(App.claims(second, "id_token").path("auth_time"))
                .isEqualTo(App.claims(first, "id_token").path("auth_time"));
        assertThat(app.ask("/userinfo", second.path("access_token").asString()).statusCode())
                .isEqualTo(200);
        var confidential = App.confidential(node, id(), Map.of("refresh", true));
        var kept =
                confidential.tokens(
                        confidential.exchange(alice.allow(App.address(confidential.wish()))));
        assertThat(confidential.token(refresh(confidential, kept)).statusCode()).isEqualTo(200);
        var without = App.open(node, id(), Map.of());
        assertThat(
                        without.tokens(without.exchange(alice.allow(App.address(without.wish()))))
                                .has("refresh_token"))
                .isFalse();
    }

    static Map<String, String> refresh(App app, JsonNode tokens) {
        return Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                app.id,
                "refresh_token",
                tokens.path("refresh_token").asString());
    }

    @Test
    void anApplicationActsForAPersonAsAUserUntilItIsShutOut() throws Exception {
        var app = App.open(node, id(), Map.of("scopes", List.of("openid", "carnet")));
        var tokens =
                app.tokens(
                        app.exchange(alice.allow(App.address(app.wish("scope", "openid carnet")))));
        var access = tokens.path("access_token").asString();
        assertThat(app.ask("/api/things", access).statusCode()).isEqualTo(200);
        assertThat(app.ask("/api/account", access).statusCode()).isEqualTo(403);
        assertThat(app.ask("/userinfo", access).statusCode()).isEqualTo(200);
        var given = app.form("/oauth2/revoke", Map.of("client_id", app.id, "token", access), null);
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(app.ask("/api/things", access).statusCode()).isEqualTo(401);
        assertThat(app.ask("/userinfo", access).statusCode()).isEqualTo(401);
        assertThat(acts(app)).contains("client-shut-out");
    }

    @Test
    void aPersonSeesWhomTheyLetInAndShutsThemOut() throws Exception {
        var app = App.open(node, id(), Map.of("scopes", List.of("openid", "carnet")));
        var wish = App.address(app.wish("scope", "openid carnet"));
        var access = app.tokens(app.exchange(alice.allow(wish))).path("access_token").asString();
        var seen = Visitor.json(alice.get("/api/account/clients"));
        assertThat(seen.at("/0/client").asString()).isEqualTo(app.id);
        assertThat(seen.at("/0/scopes").toString()).isEqualTo("[\"carnet\",\"openid\"]");
        var own = "/api/account/clients?id=" + Visitor.encode(app.id);
        assertThat(app.ask("/api/account/clients", access).statusCode()).isEqualTo(403);
        assertThat(alice.delete(own).statusCode()).isEqualTo(204);
        assertThat(alice.delete(own).statusCode()).isEqualTo(404);
        assertThat(app.ask("/api/things", access).statusCode()).isEqualTo(401);
        assertThat(Visitor.location(alice.get(wish))).contains("/consent?");
        assertThat(acts(app)).contains("client-shut-out");
    }

    @Test
    void anApplicationOfAnAdministratorIsNone() throws Exception {
        var ada = Visitor.of(node, "ada-" + ++number, "user", "administrator", "operator");
        var app = App.open(node, id(), Map.of("scopes", List.of("carnet")));
        var tokens = app.tokens(app.exchange(ada.allow(App.address(app.wish("scope", "carnet")))));
        var access = tokens.path("access_token").asString();
        assertThat(ada.get("/api/accounts").statusCode()).isEqualTo(200);
        assertThat(app.ask("/api/accounts", access).statusCode()).isEqualTo(403);
        assertThat(app.ask("/api/clients", access).statusCode()).isEqualTo(403);
    }

    @Test
    void whoeverIsSuspendedIsNotLetInByOldGrants() throws Exception {
        var app =
                App.open(
                        node, id(), Map.of("scopes", List.of("openid", "carnet"), "refresh", true));
        var wish = App.address(app.wish("scope", "openid carnet"));
        var tokens = app.tokens(app.exchange(alice.allow(wish)));
        suspend(alice.name);
        assertThat(app.token(refresh(app, tokens)).statusCode()).isEqualTo(400);
        assertThat(app.ask("/api/things", tokens.path("access_token").asString()).statusCode())
                .isEqualTo(401);
        assertThat(Visitor.location(alice.get(wish))).startsWith("/sign-in");
    }

    private static void suspend(String name) throws Exception {
        var body = "{\"roles\":[\"user\"],\"state\":\"suspended\"}";
        var answer =
                node.asOperator(
                        HttpRequest.newBuilder(node.at("/api/accounts/" + name))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aDeviceIsLetInByTheCodeThatItShows() throws Exception {
        var device = device();
        var shown = Visitor.json(start(device));
        assertThat(shown.path("verification_uri").asString()).isEqualTo(issuer() + "/device");
        var code = shown.path("user_code").asString();
        assertThat(code).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(error(device.token(poll(device, shown)))).isEqualTo("authorization_pending");
        var asked = alice.post("/sign-in/device", Map.of("code", code.toLowerCase()));
        assertThat(Visitor.json(asked).path("client").asString()).isEqualTo(device.id);
        var yes = Map.of("code", code, "allow", true);
        assertThat(alice.post("/sign-in/device/answer", yes).statusCode()).isEqualTo(204);
        var tokens = device.tokens(poll(device, shown));
        var access = tokens.path("access_token").asString();
        assertThat(device.ask("/api/things", access).statusCode()).isEqualTo(200);
        assertThat(error(device.token(poll(device, shown)))).isEqualTo("access_denied");
        assertThat(acts(device)).contains("device-allowed", "client-let-in");
    }

    @Test
    void aDeviceThatIsNotAllowedLearnsIt() throws Exception {
        var device = device();
        var shown = Visitor.json(start(device));
        var code = shown.path("user_code").asString();
        alice.post("/sign-in/device", Map.of("code", code));
        alice.post("/sign-in/device/answer", Map.of("code", code, "allow", false));
        assertThat(error(device.token(poll(device, shown)))).isEqualTo("access_denied");
        assertThat(acts(device)).contains("device-denied");
    }

    static App device() throws Exception {
        return App.open(
                node,
                "Watch-" + ++number,
                Map.of("device", true, "redirectUris", List.of(), "scopes", List.of("carnet")));
    }

    static HttpResponse<String> start(App device) throws Exception {
        return device.form(
                "/oauth2/device_authorization",
                Map.of("client_id", device.id, "scope", "carnet"),
                null);
    }

    static Map<String, String> poll(App device, JsonNode shown) {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                device.id,
                "device_code",
                shown.path("device_code").asString());
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
    void aClientIsToldOfItsOwnTokensOnly() throws Exception {
        var app = App.confidential(node, id(), Map.of());
        var other = App.confidential(node, id(), Map.of());
        var tokens = app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        var asked = Map.of("client_id", app.id, "token", tokens.path("access_token").asString());
        var own = Visitor.json(app.form("/oauth2/introspect", asked, null));
        assertThat(own.path("active").asBoolean()).isTrue();
        var foreign =
                other.form(
                        "/oauth2/introspect",
                        Map.of("client_id", other.id, "token", asked.get("token")),
                        null);
        assertThat(foreign.body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void aClientThatIsRemovedEndsWithAllItHad() throws Exception {
        var app = App.open(node, id(), Map.of("scopes", List.of("carnet"), "refresh", true));
        var tokens =
                app.tokens(app.exchange(alice.allow(App.address(app.wish("scope", "carnet")))));
        var gone =
                node.asOperator(
                        HttpRequest.newBuilder(node.at("/api/clients?id=" + Visitor.encode(app.id)))
                                .DELETE());
        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(204);
        assertThat(app.ask("/api/things", tokens.path("access_token").asString()).statusCode())
                .isEqualTo(401);
        assertThat(app.token(refresh(app, tokens)).statusCode()).isEqualTo(401);
        assertThat(alice.get(App.address(app.wish())).statusCode()).isEqualTo(400);
        assertThat(governed(app.id)).contains("client-registered", "client-removed");
    }

    @Test
    void theProviderSaysOfItselfWhatWorks() throws Exception {
        for (var name : List.of("openid-configuration", "oauth-authorization-server")) {
            var about = Visitor.json(node.get("/.well-known/" + name));
            assertThat(about.path("issuer").asString()).isEqualTo(issuer());
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
                assertThat(about.path(endpoint + "_endpoint").asString()).startsWith(issuer());
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

    private static String issuer() {
        return node.at("").toString().replaceAll("/$", "");
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

    static String error(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return Visitor.json(answer).path("error").asString();
    }

    /// What is on the record of people and this client.
    private static List<String> acts(App app) throws Exception {
        return told("signed_in")
                .filter(act -> act.toString().contains(app.id))
                .map(act -> act.path("act").asString())
                .toList();
    }

    private static List<String> governed(String client) throws Exception {
        return told("governed")
                .filter(act -> act.toString().contains(client))
                .map(act -> act.path("act").asString())
                .toList();
    }

    private static Stream<JsonNode> told(String kind) throws Exception {
        return node.operator()
                .get("api/records?limit=500&kind=" + kind)
                .path("records")
                .valueStream()
                .map(record -> record.path("details"));
    }
}
