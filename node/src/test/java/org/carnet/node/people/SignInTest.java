// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.client.AccountKey;
import org.carnet.log.Record;
import org.carnet.node.access.Account;
import org.carnet.node.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Over real HTTP and with the real PostgreSQL, as a browser does it.
final class SignInTest {
    private static final String PASSWORD = "seven wet umbrellas";

    private static PeopleServer server;
    private static int number;

    private String name;
    private Browser browser;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = PeopleServer.start(home);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /// A person of each test's own, signed in with a link as after an invitation.
    @BeforeEach
    void invite() throws Exception {
        name = "person-" + ++number;
        server.accounts().open(name, Set.of(Role.USER), "root");
        browser = new Browser(server);
        assertThat(browser.followLink(name).statusCode()).isEqualTo(200);
        // What earlier tests have counted is forgotten by now.
        server.pass(Duration.ofHours(2));
        browser.followLink(name);
    }

    private SoftAuthenticator authenticator() throws Exception {
        return new SoftAuthenticator(server.origin(), ++number);
    }

    @Test
    void aPasskeyIsMadeAndSignsItsPersonIn() throws Exception {
        var authenticator = authenticator();
        assertThat(browser.addPasskey(authenticator).statusCode()).isEqualTo(200);
        assertThat(browser.delete("/sign-in/session").statusCode()).isEqualTo(204);
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(401);

        var signedIn = browser.usePasskey(authenticator);
        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat(Browser.json(signedIn).get("account").asString()).isEqualTo(name);
        assertThat(Browser.json(signedIn).get("factors").toString())
                .isEqualTo("[\"hwk\",\"mfa\",\"user\"]");
        var account = Browser.json(browser.get("/api/account"));
        assertThat(account.at("/passkeys/0/used").asString()).isEqualTo(server.now().toString());
        assertThat(server.record.of(name, Record.Kind.SIGNED_IN))
                .contains("{\"act\":\"signed-in\",\"factors\":[\"hwk\",\"mfa\",\"user\"]}");
        assertThat(server.record.of(name, Record.Kind.ENROLLED))
                .anyMatch(act -> act.contains("passkey-added"));
    }

    @Test
    void aPasswordSignsInTogetherWithACodeAndNeitherDoesAlone() throws Exception {
        var secret = browser.setPassword(PASSWORD);
        server.pass(Duration.ofMinutes(1));
        var other = new Browser(server);
        assertThat(other.usePassword(name, PASSWORD, "").statusCode()).isEqualTo(401);
        assertThat(other.usePassword(name, "wrong", other.code(secret, 0)).statusCode())
                .isEqualTo(401);
        var answer = other.usePassword(name, PASSWORD, other.code(secret, 0));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Browser.json(answer).get("factors").toString())
                .isEqualTo("[\"mfa\",\"otp\",\"pwd\"]");
        assertThat(server.record.of(name, Record.Kind.SIGNED_IN))
                .contains("{\"act\":\"failed\",\"way\":\"password\"}");
    }

    /// The attacker looks over somebody's shoulder.
    @Test
    void aCodeThatWasUsedIsRefusedAndSoIsOneFromBeforeIt() throws Exception {
        var secret = browser.setPassword(PASSWORD);
        server.pass(Duration.ofMinutes(2));
        var before = browser.code(secret, -1);
        var code = browser.code(secret, 0);
        var thief = new Browser(server);
        assertThat(browser.usePassword(name, PASSWORD, code).statusCode()).isEqualTo(200);
        assertThat(thief.usePassword(name, PASSWORD, code).statusCode()).isEqualTo(401);
        assertThat(thief.usePassword(name, PASSWORD, before).statusCode()).isEqualTo(401);
        assertThat(thief.cookies).isEmpty();
        assertThat(thief.usePassword(name, PASSWORD, thief.code(secret, 1)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theCodeThatSetAPasswordDoesNotSignInAfterwards() throws Exception {
        var secret = browser.setPassword(PASSWORD);
        var thief = new Browser(server);
        assertThat(thief.usePassword(name, PASSWORD, thief.code(secret, 0)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRecoveryCodeSignsInOnceAndNewOnesEndTheOldOnes() throws Exception {
        var codes = Browser.json(browser.post("/api/account/recovery-codes", Map.of()));
        var first = codes.at("/recoveryCodes/0").asString();
        var second = codes.at("/recoveryCodes/1").asString();
        assertThat(first).matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}");
        var other = new Browser(server);
        var used = Map.of("name", name, "code", " " + first.toUpperCase() + " ");
        assertThat(other.post("/sign-in/recovery-code", used).statusCode()).isEqualTo(200);
        assertThat(new Browser(server).post("/sign-in/recovery-code", used).statusCode())
                .isEqualTo(401);
        assertThat(Browser.json(browser.get("/api/account")).get("recoveryCodesLeft").asInt())
                .isEqualTo(9);
        browser.post("/api/account/recovery-codes", Map.of());
        var old = Map.of("name", name, "code", second);
        assertThat(new Browser(server).post("/sign-in/recovery-code", old).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aLinkSignsInOnceAndNotLater() throws Exception {
        var links = server.bean(SpareKeys.class);
        var link = links.newLink(name, server.now(), server.now().plusSeconds(60));
        var body = Map.of("link", link.text());
        assertThat(new Browser(server).post("/sign-in/link", body).statusCode()).isEqualTo(200);
        assertThat(new Browser(server).post("/sign-in/link", body).statusCode()).isEqualTo(401);
        var late = links.newLink(name, server.now(), server.now().plusSeconds(60));
        server.pass(Duration.ofSeconds(60));
        assertThat(
                        new Browser(server)
                                .post("/sign-in/link", Map.of("link", late.text()))
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSessionEndsUnusedAndAfterADayInAnyCase() throws Exception {
        server.pass(Duration.ofMinutes(59));
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(200);
        server.pass(Duration.ofMinutes(59));
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(200);
        server.pass(Duration.ofMinutes(61));
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(401);

        browser.followLink(name);
        for (int i = 0; i < 23; i++) {
            server.pass(Duration.ofMinutes(30));
            assertThat(browser.get("/api/account").statusCode()).isEqualTo(200);
        }
        server.pass(Duration.ofMinutes(31));
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(401);
    }

    @Test
    void aPersonSeesWhereTheyAreSignedInAndEndsItThereOrEverywhere() throws Exception {
        var other = new Browser(server);
        other.followLink(name);
        var sessions = Browser.json(browser.get("/api/account")).get("sessions");
        assertThat(sessions.size()).isGreaterThanOrEqualTo(2);
        for (var session : sessions) {
            if (session.get("current").asBoolean()) continue;
            var path = "/api/account/sessions/" + session.get("id").asString();
            assertThat(browser.delete(path).statusCode()).isEqualTo(204);
            assertThat(browser.delete(path).statusCode()).isEqualTo(404);
        }
        assertThat(other.get("/api/account").statusCode()).isEqualTo(401);
        other.followLink(name);
        assertThat(browser.delete("/api/account/sessions").statusCode()).isEqualTo(204);
        assertThat(other.get("/api/account").statusCode()).isEqualTo(401);
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(401);
    }

    @Test
    void whoeverIsSuspendedIsSignedOutAtOnceAndCannotComeBack() throws Exception {
        var authenticator = authenticator();
        browser.addPasskey(authenticator);
        var secret = browser.setPassword(PASSWORD);
        var code = Browser.json(browser.post("/api/account/recovery-codes", Map.of()));
        server.accounts().change(name, Set.of(), Account.State.SUSPENDED, "root");
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(401);
        server.pass(Duration.ofMinutes(1));
        assertThat(browser.usePasskey(authenticator).statusCode()).isEqualTo(401);
        assertThat(browser.usePassword(name, PASSWORD, browser.code(secret, 0)).statusCode())
                .isEqualTo(401);
        var recovery = Map.of("name", name, "code", code.at("/recoveryCodes/0").asString());
        assertThat(browser.post("/sign-in/recovery-code", recovery).statusCode()).isEqualTo(401);
        assertThat(browser.followLink(name).statusCode()).isEqualTo(401);
    }

    @Test
    void whatCouldLetSomebodyElseInNeedsAFreshSignIn() throws Exception {
        browser.addPasskey(authenticator());
        server.pass(Duration.ofMinutes(11));
        var answer = browser.post("/api/account/passkeys/options", Map.of());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Browser.json(answer).get("type").asString())
                .isEqualTo("/problems/step-up-required");
        assertThat(Browser.json(answer).get("factors").toString())
                .isEqualTo("[\"passkey\",\"password\"]");
        assertThat(browser.post("/api/account/recovery-codes", Map.of()).statusCode())
                .isEqualTo(401);
        assertThat(browser.get("/api/account").statusCode()).isEqualTo(200);
        browser.followLink(name);
        assertThat(browser.addPasskey(authenticator()).statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyRemovesTheLastWayToSignIn() throws Exception {
        var first = Browser.json(browser.addPasskey(authenticator())).at("/passkeys/0/id");
        var path = "/api/account/passkeys/" + first.asString();
        assertThat(browser.delete(path).statusCode()).isEqualTo(409);
        browser.setPassword(PASSWORD);
        assertThat(browser.delete(path).statusCode()).isEqualTo(204);
        assertThat(browser.delete("/api/account/password").statusCode()).isEqualTo(409);
    }

    @Test
    void theKeysOfOnesProgramsAreAddedAfterAFreshSignInAndRemoved() throws Exception {
        var key = AccountKey.generate(name).publicKey();
        var added = browser.post("/api/account/keys", Map.of("key", key));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(browser.post("/api/account/keys", Map.of("key", key)).statusCode())
                .isEqualTo(409);
        var one = Browser.json(added).get("id").asString();
        assertThat(browser.get("/api/account/keys").body()).contains(one);
        assertThat(server.record.of(name, Record.Kind.ENROLLED).getLast())
                .contains("key-added", one);
        var path = "/api/account/keys/" + one;
        assertThat(browser.delete(path).statusCode()).as("the only way in").isEqualTo(409);
        browser.setPassword(PASSWORD);
        server.pass(Duration.ofMinutes(11));
        var other = Map.of("key", AccountKey.generate(name).publicKey());
        assertThat(browser.post("/api/account/keys", other).statusCode()).isEqualTo(401);
        assertThat(browser.delete(path).statusCode()).isEqualTo(401);
        browser.followLink(name);
        var foreign = new Browser(server);
        server.accounts().open(name + "-other", Set.of(Role.USER), "root");
        foreign.followLink(name + "-other");
        assertThat(foreign.delete(path).statusCode()).isEqualTo(409);
        assertThat(browser.delete(path).statusCode()).isEqualTo(204);
        assertThat(browser.get("/api/account/keys").body()).isEqualTo("[]");
        assertThat(server.accounts().keys(name)).isEmpty();
    }

    @Test
    void aPasswordThatIsShortOrCommonIsRefusedAndOneOfAnyLettersIsNot() throws Exception {
        var offer = Browser.json(browser.post("/api/account/password/options", Map.of()));
        var secret = Browser.unbase32(offer.get("secret").asString());
        for (var weak :
                new String[] {"elevenchars", "Password123!", name + " rules", "aaaaaaaabbbb"}) {
            var answer = browser.put("/api/account/password", password(weak, offer, secret));
            assertThat(answer.statusCode()).as(weak).isEqualTo(400);
        }
        var good = password("пароль из букв", offer, secret);
        assertThat(browser.put("/api/account/password", good).statusCode()).isEqualTo(200);
    }

    private Map<String, String> password(
            String password, tools.jackson.databind.JsonNode offer, Bytes secret) {
        return Map.of(
                "password",
                password,
                "sealed",
                offer.get("sealed").asString(),
                "code",
                browser.code(secret, 0));
    }
}
