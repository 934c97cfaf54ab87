// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.log.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class EnrolmentTest {
    @TempDir Path home;
    private PeopleServer server;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        server = PeopleServer.start(home);
        browser = new Browser(server);
        browser.bearer = server.token();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theTokenEnrolsOneAdministratorAndNobodyElse() throws Exception {
        var authenticator = new SoftAuthenticator(server.origin(), 1);
        var options = browser.post("/enrol/passkey/options", Map.of("name", "alice"));
        var spare = browser.post("/enrol/passkey/options", Map.of("name", "mallory"));
        var body = Map.of("name", "alice", "credential", authenticator.make(Browser.json(options)));
        var enrolled = browser.post("/enrol/passkey", body);
        assertThat(enrolled.statusCode()).isEqualTo(200);
        assertThat(Browser.json(enrolled).get("recoveryCodes")).hasSize(10);
        assertThat(Browser.json(enrolled).get("roles").toString())
                .isEqualTo("[\"administrator\",\"operator\",\"user\"]");
        assertThat(server.record.of("alice", Record.Kind.ENROLLED))
                .hasSize(3)
                .first()
                .asString()
                .contains("opened");

        var mallory = new Browser(server);
        mallory.bearer = server.token();
        var second = new SoftAuthenticator(server.origin(), 2);
        var attack = Map.of("name", "mallory", "credential", second.make(Browser.json(spare)));
        assertThat(mallory.post("/enrol/passkey", attack).statusCode()).isEqualTo(401);
        var name = Map.of("name", "mallory");
        assertThat(mallory.post("/enrol/passkey/options", name).statusCode()).isEqualTo(401);
        assertThat(mallory.post("/enrol/password/options", name).statusCode()).isEqualTo(401);
        assertThat(mallory.get("/api/accounts").statusCode()).isEqualTo(401);
        assertThat(server.accounts().find("mallory")).isEmpty();

        browser.bearer = null;
        assertThat(browser.get("/api/accounts").statusCode()).isEqualTo(200);
    }

    @Test
    void anAdministratorInvitesAppointsAndSuspendsButNeverTheLastOne() throws Exception {
        var secret = enrolWithPassword();
        assertThat(secret).isNotNull();
        browser.bearer = null;
        var bob = Map.of("name", "bob", "roles", List.of("user"));
        assertThat(browser.post("/api/accounts", bob).statusCode()).isEqualTo(201);
        assertThat(browser.post("/api/accounts", bob).statusCode()).isEqualTo(409);
        var link =
                Browser.json(browser.post("/api/accounts/bob/sign-in-links", Map.of()))
                        .get("path")
                        .asString();
        var bobs = new Browser(server);
        var token = link.replace("/sign-in#link=", "");
        assertThat(bobs.post("/sign-in/link", Map.of("link", token)).statusCode()).isEqualTo(200);
        assertThat(bobs.get("/api/accounts").statusCode()).isEqualTo(403);

        var appointed = Map.of("roles", List.of("user", "administrator"), "state", "active");
        assertThat(browser.put("/api/accounts/bob", appointed).statusCode()).isEqualTo(200);
        assertThat(bobs.get("/api/accounts").statusCode()).isEqualTo(200);
        var suspended = Map.of("roles", List.of("user"), "state", "suspended");
        assertThat(browser.put("/api/accounts/bob", suspended).statusCode()).isEqualTo(200);
        assertThat(bobs.get("/api/account").statusCode()).isEqualTo(401);
        assertThat(browser.put("/api/accounts/alice", suspended).statusCode()).isEqualTo(409);
        assertThat(browser.post("/api/accounts/bob/sign-in-links", Map.of()).statusCode())
                .isEqualTo(409);
        var junk = Map.of("roles", List.of("king"), "state", "active");
        assertThat(browser.put("/api/accounts/bob", junk).statusCode()).isEqualTo(400);
    }

    private org.carnet.Bytes enrolWithPassword() throws Exception {
        var offer = Browser.json(browser.post("/enrol/password/options", Map.of("name", "alice")));
        assertThat(offer.get("uri").asString())
                .startsWith("otpauth://totp/Carnet%20carnet:alice?secret=");
        assertThat(offer.get("picture").asString()).startsWith("data:image/svg+xml;base64,");
        var secret = Browser.unbase32(offer.get("secret").asString());
        var answer =
                browser.post(
                        "/enrol/password",
                        Map.of(
                                "name",
                                "alice",
                                "password",
                                "seven wet umbrellas",
                                "sealed",
                                offer.get("sealed").asString(),
                                "code",
                                browser.code(secret, 0)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return secret;
    }
}
