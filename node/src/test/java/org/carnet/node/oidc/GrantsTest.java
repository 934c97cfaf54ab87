// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.carnet.node.RunningNode;
import org.carnet.node.access.Accounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/// What a person let in goes on, acts for them within its bounds, and ends when it should.
final class GrantsTest {
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
    void refreshTokensAreGoodOnceAndGoOnWithTheKey() throws Exception {
        var app = App.open(node, id(), Map.of("refresh", true));
        var first = app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        var second = app.tokens(app.refresh(first));
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
        assertThat(confidential.token(confidential.refresh(kept)).statusCode()).isEqualTo(200);
        var without = App.open(node, id(), Map.of());
        assertThat(
                        without.tokens(without.exchange(alice.allow(App.address(without.wish()))))
                                .has("refresh_token"))
                .isFalse();
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
        assertThat(app.acts("signed_in")).contains("client-shut-out");
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
        assertThat(app.acts("signed_in")).contains("client-shut-out");
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
        assertThat(app.token(app.refresh(tokens)).statusCode()).isEqualTo(400);
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
        var device = App.watch(node, "Watch-" + ++number);
        var shown = Visitor.json(device.show());
        assertThat(shown.path("verification_uri").asString())
                .isEqualTo(App.issuer(node) + "/device");
        var code = shown.path("user_code").asString();
        assertThat(code).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(Visitor.error(device.token(device.poll(shown))))
                .isEqualTo("authorization_pending");
        var asked = alice.post("/sign-in/device", Map.of("code", code.toLowerCase()));
        assertThat(Visitor.json(asked).path("client").asString()).isEqualTo(device.id);
        var yes = Map.of("code", code, "allow", true);
        assertThat(alice.post("/sign-in/device/answer", yes).statusCode()).isEqualTo(204);
        var tokens = device.tokens(device.poll(shown));
        var access = tokens.path("access_token").asString();
        assertThat(device.ask("/api/things", access).statusCode()).isEqualTo(200);
        assertThat(Visitor.error(device.token(device.poll(shown)))).isEqualTo("access_denied");
        assertThat(device.acts("signed_in")).contains("device-allowed", "client-let-in");
    }

    @Test
    void aDeviceThatIsNotAllowedLearnsIt() throws Exception {
        var device = App.watch(node, "Watch-" + ++number);
        var shown = Visitor.json(device.show());
        var code = shown.path("user_code").asString();
        alice.post("/sign-in/device", Map.of("code", code));
        alice.post("/sign-in/device/answer", Map.of("code", code, "allow", false));
        assertThat(Visitor.error(device.token(device.poll(shown)))).isEqualTo("access_denied");
        assertThat(device.acts("signed_in")).contains("device-denied");
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
        assertThat(app.token(app.refresh(tokens)).statusCode()).isEqualTo(401);
        assertThat(alice.get(App.address(app.wish())).statusCode()).isEqualTo(400);
        assertThat(app.acts("governed")).contains("client-registered", "client-removed");
    }

    /// With two, as many requests at once as there are connections would wait for one another, and the node for them.
    @Test
    void whatIsKeptIsReadAndWrittenWithOneConnection() throws Exception {
        var app = App.open(node, id(), Map.of());
        var tokens = app.tokens(app.exchange(alice.allow(App.address(app.wish()))));
        var known = (HikariDataSource) node.bean(DataSource.class);
        var settings = new HikariConfig();
        settings.setJdbcUrl(known.getJdbcUrl());
        settings.setUsername(known.getUsername());
        settings.setPassword(known.getPassword());
        settings.setMaximumPoolSize(1);
        settings.setConnectionTimeout(1000);
        try (var one = new HikariDataSource(settings)) {
            var oidc = new OidcConfiguration();
            var diary = node.bean(Diary.class);
            var clients = oidc.clients(one, node.bean(Accounts.class));
            var jdbc = JdbcClient.create(one);
            var grants = oidc.grants(one, clients, jdbc, diary, InstantSource.system());
            var access = tokens.path("access_token").asString();
            var found = grants.findByToken(access, OAuth2TokenType.ACCESS_TOKEN);
            assertThat(found).isNotNull();
            grants.save(found);
            assertThat(grants.findById(found.getId())).isNotNull();
            var consents = oidc.consents(one, clients, diary);
            var consent =
                    consents.findById(found.getRegisteredClientId(), found.getPrincipalName());
            assertThat(consent).isNotNull();
            consents.save(consent);
        }
    }
}
