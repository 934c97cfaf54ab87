// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.carnet.Bytes;
import org.carnet.log.Record;
import org.carnet.node.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// What somebody does who wants to be somebody else.
final class SignInAttacksTest {
    private static final String PASSWORD = "seven wet umbrellas";
    private static final String EVIL = "https://evil.example";

    private static PeopleServer server;
    private static int number = 1000;

    private String name;
    private Browser victim;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = PeopleServer.start(home);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void invite() throws Exception {
        server.pass(Duration.ofHours(2));
        name = "person-" + ++number;
        server.accounts().open(name, Set.of(Role.USER), "root");
        victim = new Browser(server);
        assertThat(victim.followLink(name).statusCode()).isEqualTo(200);
    }

    private SoftAuthenticator authenticator() throws Exception {
        return new SoftAuthenticator(server.origin(), ++number);
    }

    /// Another site has the victim's browser post: the cookie comes along, what a page must know does not.
    @Test
    void aPageOfAnotherSiteChangesNothingWithTheVictimsCookie() throws Exception {
        var proof = victim.csrf;
        victim.csrf = "";
        assertThat(victim.post("/api/account/recovery-codes", Map.of()).statusCode())
                .isEqualTo(403);
        victim.csrf = proof.substring(1) + "A";
        assertThat(victim.delete("/api/account/sessions").statusCode()).isEqualTo(403);
        victim.csrf = proof;
        victim.origin = EVIL;
        assertThat(victim.post("/api/account/recovery-codes", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(victim.delete("/sign-in/session").statusCode()).isEqualTo(403);
        victim.origin = "null";
        assertThat(victim.delete("/api/account/sessions").statusCode()).isEqualTo(403);
        victim.origin = server.origin();
        assertThat(victim.get("/api/account").statusCode()).isEqualTo(200);
        assertThat(server.record.of(name, Record.Kind.ENROLLED))
                .noneMatch(act -> act.contains("recovery"));
    }

    /// So that the victim works in the attacker's account without noticing.
    @Test
    void aPageOfAnotherSiteSignsNobodyIn() throws Exception {
        var authenticator = authenticator();
        victim.addPasskey(authenticator);
        victim.delete("/sign-in/session");
        victim.origin = EVIL;
        assertThat(victim.followLink(name).statusCode()).isEqualTo(403);
        assertThat(victim.post("/sign-in/passkey/options", Map.of()).statusCode()).isEqualTo(403);
        assertThat(victim.cookies.keySet()).noneMatch(cookie -> cookie.equals("carnet-carnet"));
    }

    @Test
    void aSessionThatAnAttackerPlantedIsNotTheOneThatSignsIn() throws Exception {
        var planted = "A".repeat(43);
        var browser = new Browser(server);
        browser.cookies.put("carnet-carnet", planted);
        browser.followLink(name);
        var first = browser.cookies.get("carnet-carnet");
        assertThat(first).isNotEqualTo(planted);
        browser.followLink(name);
        assertThat(browser.cookies.get("carnet-carnet")).isNotEqualTo(first);
        for (var old : List.of(planted, first)) {
            var attacker = new Browser(server);
            attacker.cookies.put("carnet-carnet", old);
            assertThat(attacker.get("/api/account").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndTheDatabaseDoesNotHoldIt() throws Exception {
        var browser = new Browser(server);
        var cookies = browser.followLink(name).headers().allValues("Set-Cookie");
        assertThat(cookies)
                .allMatch(cookie -> cookie.contains("HttpOnly"))
                .allMatch(cookie -> cookie.contains("SameSite=Lax"))
                .allMatch(cookie -> cookie.contains("Path=/"));
        var secret = Bytes.utf8(browser.cookies.get("carnet-carnet")).toArray();
        var found =
                server.bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql("select count(*) from session where position(? in hash) > 0")
                        .param(secret)
                        .query(Integer.class)
                        .single();
        assertThat(found).isZero();
    }

    @Test
    void aStreamIsNotOpenedWithTheVictimsCookieFromAnotherSite() {
        assertThatThrownBy(() -> connect(EVIL))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThatThrownBy(() -> connect("http://localhost:1"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        connect(server.origin()).abort();
    }

    private WebSocket connect(String origin) {
        var uri = URI.create(server.at("/api/stream").toString().replaceFirst("http", "ws"));
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .header("Cookie", victim.cookieHeader())
                .buildAsync(uri, new WebSocket.Listener() {})
                .join();
    }

    /// A page that looks like this node's passes on what the authenticator signs.
    @Test
    void aPasskeyThatWasShownToAnotherSiteSignsNobodyIn() throws Exception {
        var authenticator = authenticator();
        victim.addPasskey(authenticator);
        var thief = new Browser(server);
        authenticator.origin = EVIL;
        assertThat(thief.usePasskey(authenticator).statusCode()).isEqualTo(401);
        authenticator.origin = server.origin();
        authenticator.relyingParty = "evil.example";
        assertThat(thief.usePasskey(authenticator).statusCode()).isEqualTo(401);
        authenticator.relyingParty = "localhost";
        assertThat(thief.usePasskey(authenticator).statusCode()).isEqualTo(200);
    }

    @Test
    void aPasskeyIsNotMadeForAnotherSiteNorWithoutItsUserBeingVerified() throws Exception {
        var authenticator = authenticator();
        authenticator.origin = EVIL;
        assertThat(victim.addPasskey(authenticator).statusCode()).isEqualTo(400);
        authenticator.origin = server.origin();
        authenticator.verifies = false;
        assertThat(victim.addPasskey(authenticator).statusCode()).isEqualTo(400);
        authenticator.verifies = true;
        assertThat(victim.addPasskey(authenticator).statusCode()).isEqualTo(200);
        authenticator.verifies = false;
        assertThat(new Browser(server).usePasskey(authenticator).statusCode()).isEqualTo(401);
    }

    @Test
    void anAnswerOfAPasskeySignsInOnceAndOnlyToAChallengeOfThisNode() throws Exception {
        var authenticator = authenticator();
        victim.addPasskey(authenticator);
        var options = Browser.json(victim.post("/sign-in/passkey/options", Map.of()));
        var answer = Map.of("credential", authenticator.use(options));
        assertThat(new Browser(server).post("/sign-in/passkey", answer).statusCode())
                .isEqualTo(200);
        assertThat(new Browser(server).post("/sign-in/passkey", answer).statusCode())
                .isEqualTo(401);

        var own = options.deepCopy().put("challenge", Bytes.unsafe(new byte[40]).toBase64Url());
        assertRefused(authenticator, own);
        var other = Browser.json(victim.post("/api/account/passkeys/options", Map.of()));
        assertRefused(authenticator, other);
        var late = Browser.json(victim.post("/sign-in/passkey/options", Map.of()));
        server.pass(Duration.ofMinutes(5));
        assertRefused(authenticator, late);
    }

    private static void assertRefused(
            SoftAuthenticator authenticator, tools.jackson.databind.JsonNode options)
            throws Exception {
        var answer = Map.of("credential", authenticator.use(options));
        assertThat(new Browser(server).post("/sign-in/passkey", answer).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsNoPasskeyAtAllIsRefusedWithoutHarm() throws Exception {
        for (var junk :
                List.of(
                        Map.of(),
                        Map.of("id", "!", "response", Map.of("clientDataJSON", "e30")),
                        Map.of("id", "AAAA", "response", "text"),
                        Map.of("response", Map.of("clientDataJSON", "AAAA", "signature", 1)))) {
            var body = Map.of("credential", junk);
            assertThat(victim.post("/sign-in/passkey", body).statusCode()).isEqualTo(401);
            assertThat(victim.post("/api/account/passkeys", body).statusCode()).isEqualTo(400);
        }
    }

    /// The victim's clone of an authenticator would show an older counter.
    @Test
    void aCopyOfAPasskeysDeviceIsNoticedByItsCounter() throws Exception {
        var authenticator = authenticator();
        victim.addPasskey(authenticator);
        var early = Browser.json(victim.post("/sign-in/passkey/options", Map.of()));
        var stale = Map.of("credential", authenticator.use(early));
        assertThat(victim.usePasskey(authenticator).statusCode()).isEqualTo(200);
        assertThat(new Browser(server).post("/sign-in/passkey", stale).statusCode()).isEqualTo(401);
    }

    @Test
    void guessingGetsSlowerAndLocksNobodyOut() throws Exception {
        var secret = victim.setPassword(PASSWORD);
        var authenticator = authenticator();
        victim.addPasskey(authenticator);
        server.pass(Duration.ofMinutes(1));
        var thief = new Browser(server);
        var answers = new ArrayList<Integer>();
        for (int i = 0; i < 30; i++) {
            answers.add(thief.usePassword(name, PASSWORD + i, "000000").statusCode());
        }
        assertThat(answers.subList(0, 6)).containsOnly(401);
        assertThat(answers.subList(6, 30)).containsOnly(429);
        var wait = thief.usePassword(name, PASSWORD, thief.code(secret, 0));
        assertThat(wait.statusCode()).as("even what is right").isEqualTo(429);
        assertThat(wait.headers().firstValue("Retry-After")).contains("1");

        // The owner goes on: in a browser of before, with a passkey anywhere.
        var known = new Browser(server);
        known.cookies.put("carnet-known-carnet", victim.cookies.get("carnet-known-carnet"));
        assertThat(known.usePassword(name, PASSWORD, known.code(secret, 0)).statusCode())
                .isEqualTo(200);
        assertThat(new Browser(server).usePasskey(authenticator).statusCode()).isEqualTo(200);

        // And anywhere at all after a minute, whatever the thief goes on doing.
        for (int i = 0; i < 60; i++) {
            thief.usePassword(name, PASSWORD + i, "000000");
            server.pass(Duration.ofSeconds(31));
        }
        server.pass(Duration.ofMinutes(16));
        assertThat(victim.usePassword(name, PASSWORD, victim.code(secret, 0)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aMarkOfAKnownBrowserIsOfNoUseForAnotherAccount() throws Exception {
        var thief = new Browser(server);
        var own = "thief-" + number;
        server.accounts().open(own, Set.of(), "root");
        thief.followLink(own);
        int refused = 0;
        for (int i = 0; i < 10; i++) {
            if (thief.usePassword(name, "guess number " + i, "000000").statusCode() == 429)
                refused++;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void whetherAnAccountExistsCannotBeTold() throws Exception {
        victim.setPassword(PASSWORD);
        server.pass(Duration.ofMinutes(1));
        var stranger = new Browser(server);
        var existing = stranger.usePassword(name, "not the password", "000000");
        var missing = stranger.usePassword("nobody-here", "not the password", "000000");
        assertThat(missing.statusCode()).isEqualTo(existing.statusCode());
        assertThat(missing.body()).isEqualTo(existing.body());
        assertThat(missing.headers().map().keySet()).isEqualTo(existing.headers().map().keySet());
        var code = "aaaa-bbbb-cccc-dddd";
        var recovery = stranger.post("/sign-in/recovery-code", Map.of("name", name, "code", code));
        var none =
                stranger.post(
                        "/sign-in/recovery-code", Map.of("name", "nobody-here", "code", code));
        assertThat(none.body()).isEqualTo(recovery.body());
        // And both are throttled alike.
        var seen = new ArrayList<Integer>();
        var unseen = new ArrayList<Integer>();
        for (int i = 0; i < 8; i++) {
            seen.add(stranger.usePassword(name, "not it", "000000").statusCode());
            unseen.add(stranger.usePassword("nobody-here", "not it", "000000").statusCode());
        }
        assertThat(unseen).isEqualTo(seen).contains(429);
    }

    @Test
    void whetherAnAccountExistsCannotBeToldFromTheTimeThatTheAnswerTakes() throws Exception {
        victim.setPassword(PASSWORD);
        var signIn = new ArrayList<Long>();
        var nobody = new ArrayList<Long>();
        for (int i = 0; i < 15; i++) {
            server.pass(Duration.ofHours(2));
            signIn.add(time(name));
            nobody.add(time("nobody-here"));
        }
        signIn.sort(null);
        nobody.sort(null);
        double exists = signIn.get(3);
        double missing = nobody.get(3);
        assertThat(missing / exists)
                .as("%s against %s ns", missing, exists)
                .isCloseTo(1, within(0.5));
    }

    private static long time(String name) throws Exception {
        var stranger = new Browser(server);
        long start = System.nanoTime();
        HttpResponse<String> answer = stranger.usePassword(name, "not the password", "000000");
        long took = System.nanoTime() - start;
        assertThat(answer.statusCode()).isEqualTo(401);
        return took;
    }

    @Test
    void nobodyReachesTheAccountsOfOthers() throws Exception {
        var other = "other-" + number;
        server.accounts().open(other, Set.of(Role.USER), "root");
        assertThat(victim.get("/api/accounts").statusCode()).isEqualTo(403);
        assertThat(victim.get("/api/accounts/" + other).statusCode()).isEqualTo(403);
        assertThat(victim.post("/api/accounts/" + other + "/sign-in-links", Map.of()).statusCode())
                .isEqualTo(403);
        var change = Map.of("roles", List.of("administrator"), "state", "active");
        assertThat(victim.put("/api/accounts/" + name, change).statusCode()).isEqualTo(403);
        var theirs = new Browser(server);
        theirs.followLink(other);
        var session = Browser.json(theirs.get("/api/account")).at("/sessions/0/id").asString();
        assertThat(victim.delete("/api/account/sessions/" + session).statusCode()).isEqualTo(404);
        assertThat(theirs.get("/api/account").statusCode()).isEqualTo(200);
    }
}
