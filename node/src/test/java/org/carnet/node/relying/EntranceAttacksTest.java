// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What somebody does who wants to enter as somebody else, or wants somebody else to enter as them.
final class EntranceAttacksTest {
    private static final String REFUSED = "/sign-in?refused=";

    @TempDir static Path home;

    private static FakeProvider agora;
    private static FakeProvider evil;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        agora = FakeProvider.start();
        evil = FakeProvider.start();
        var settings = new HashMap<String, String>();
        for (var one : Map.of("agora", agora, "evil", evil).entrySet()) {
            settings.put("providers." + one.getKey(), one.getValue().issuer());
            settings.put("providers." + one.getKey() + ".client", FakeProvider.CLIENT);
            settings.put("providers." + one.getKey() + ".step-up", "true");
        }
        node = RunningNode.start(home.resolve("data"), settings);
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        agora.close();
        evil.close();
    }

    @AfterEach
    void beHonest() {
        agora.claims = UnaryOperator.identity();
    }

    /// Another provider, which the victim also uses, has the browser bring it the code of this one.
    @Test
    void anAnswerOfOneProviderIsNotTakenForThatOfAnother() throws Exception {
        var visitor = new Visitor(node);
        var honest = agora.approve(visitor.begin("agora", ""), "victim").toString();
        var mixedUp = honest.replace(encoded(agora.issuer()), encoded(evil.issuer()));
        evil.asked.clear();
        assertThat(visitor.comeBack(URI.create(mixedUp)).toString())
                .startsWith(REFUSED + "other-provider");
        var toEvil = new Visitor(node);
        var elsewhere = toEvil.begin("evil", "");
        evil.asked.clear();
        var state = evil.request(elsewhere).get("state");
        var stolen = agora.approve(new Visitor(node).begin("agora", ""), "victim");
        var code = FakeProvider.query(stolen.getRawQuery()).get("code");
        for (var issuer : new String[] {"&iss=" + encoded(agora.issuer()), ""}) {
            var callback = "/sign-in/from/evil?code=" + code + "&state=" + state + issuer;
            var again = new HashMap<>(toEvil.cookies);
            assertThat(toEvil.comeBack(node.at(callback)).toString())
                    .startsWith(REFUSED + "other-provider");
            toEvil.cookies.putAll(again);
        }
        assertThat(evil.asked).isEmpty();
    }

    @Test
    void anAnswerAtTheAddressOfAnotherProviderIsRefused() throws Exception {
        var visitor = new Visitor(node);
        var honest = agora.approve(visitor.begin("agora", ""), "victim").toString();
        var moved = URI.create(honest.replace("/from/agora", "/from/evil"));
        assertThat(visitor.comeBack(moved).toString()).startsWith(REFUSED + "other-provider");
        assertThat(visitor.account()).isEmpty();
    }

    /// The attacker's own answer, in the victim's browser: the victim would work in the attacker's account.
    @Test
    void nobodyIsSignedInWithAnAnswerThatAnotherBrowserAskedFor() throws Exception {
        var attacker = new Visitor(node);
        var answer = agora.approve(attacker.begin("agora", ""), "attacker");
        var victim = new Visitor(node);
        assertThat(victim.comeBack(answer).toString()).startsWith(REFUSED + "not-begun-here");
        victim.begin("agora", "");
        assertThat(victim.comeBack(answer).toString()).startsWith(REFUSED + "not-begun-here");
        assertThat(victim.account()).isEmpty();

        victim.begin("agora", "");
        var withoutState = answer.toString().replaceFirst("&state=[^&]*", "");
        assertThat(victim.comeBack(URI.create(withoutState)).toString())
                .startsWith(REFUSED + "not-begun-here");
        assertThat(victim.account()).isEmpty();
    }

    @Test
    void anAnswerSignsInOnceOnly() throws Exception {
        var visitor = new Visitor(node);
        var answer = agora.approve(visitor.begin("agora", ""), "once");
        visitor.comeBack(answer);
        assertThat(visitor.account()).isNotEmpty();
        visitor.cookies.keySet().removeIf(name -> name.equals("carnet-test"));
        assertThat(visitor.comeBack(answer).toString()).startsWith(REFUSED + "not-begun-here");
        assertThat(visitor.account()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "\\\\evil.example/",
                "javascript:alert(1)",
                "/\t/evil.example/",
                "/\r\nSet-Cookie: planted=1",
                " //evil.example/"
            })
    void enteringLeadsToNoOtherSite(String then) throws Exception {
        var visitor = new Visitor(node);
        var begun = visitor.begin("agora", "?then=" + encoded(then));
        assertThat(visitor.comeBack(agora.approve(begun, "wanderer"))).isEqualTo(URI.create("/"));
        assertThat(visitor.cookies).doesNotContainKey("planted");
    }

    @Test
    void aPageOfAnotherSiteBeginsNothing() throws Exception {
        for (var site : new String[] {"cross-site", "same-site"}) {
            var answer =
                    node.send(
                            HttpRequest.newBuilder(node.at("/sign-in/at/agora"))
                                    .header("Sec-Fetch-Site", site));
            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void aSessionThatAnAttackerPlantedIsNotTheOneThatEnters() throws Exception {
        var planted = "A".repeat(43);
        var visitor = new Visitor(node);
        visitor.cookies.put("carnet-test", planted);
        visitor.enter(agora, "agora", "planted");
        var first = visitor.cookies.get("carnet-test");
        assertThat(first).isNotEqualTo(planted);
        visitor.enter(agora, "agora", "planted");
        assertThat(visitor.cookies.get("carnet-test")).isNotEqualTo(first);
        for (var old : new String[] {planted, first}) {
            var attacker = new Visitor(node);
            attacker.cookies.put("carnet-test", old);
            assertThat(attacker.account()).isEmpty();
        }
    }

    /// Issuers choose subjects freely, so a hostile one chooses the victim's.
    @Test
    void theSameSubjectOfAnotherIssuerIsSomebodyElse() throws Exception {
        var victim = new Visitor(node);
        victim.enter(agora, "agora", "the-same");
        var attacker = new Visitor(node);
        attacker.enter(evil, "evil", "the-same");
        assertThat(attacker.account()).isNotEmpty().isNotEqualTo(victim.account());
    }

    @Test
    void anIdentityIsLinkedByNobodyButWhoBeganItAndIsStillSignedIn() throws Exception {
        var victim = EntranceTest.signedIn(node, "victim");
        // The attacker would have the victim's browser link the attacker's identity.
        var attacker = EntranceTest.signedIn(node, "attacker");
        var answer = agora.approve(EntranceTest.beginLink(attacker, "agora"), "attackers-own");
        assertThat(victim.comeBack(answer).toString()).startsWith(REFUSED + "not-begun-here");
        // Somebody else sits down and signs in while the link is under way.
        var other = EntranceTest.signedIn(node, "other");
        var begun = EntranceTest.beginLink(attacker, "agora");
        attacker.cookies.put("carnet-test", other.cookies.get("carnet-test"));
        assertThat(attacker.comeBack(agora.approve(begun, "attackers-own")).toString())
                .startsWith(REFUSED + "signed-out");
        assertThat(victim.ownAccount().path("identities").size()).isZero();
        assertThat(other.ownAccount().path("identities").size()).isZero();
    }

    @Test
    void anIdentityOfSomebodyElsesAccountIsNotLinkedAway() throws Exception {
        new Visitor(node).enter(agora, "agora", "taken");
        var thief = EntranceTest.signedIn(node, "thief");
        assertThat(EntranceTest.link(thief, agora, "agora", "taken").toString())
                .startsWith(REFUSED + "other-account");
        assertThat(thief.ownAccount().path("identities").size()).isZero();
    }

    @Test
    void nobodyLinksWithoutHavingProvedLatelyWhoTheyAreNorWithoutAPageOfThisNode()
            throws Exception {
        var visitor = new Visitor(node);
        agora.claims = claims -> claims.put("auth_time", now() - 3600);
        visitor.enter(agora, "agora", "stale");
        var body = "{\"provider\":\"evil\"}";
        var refused = visitor.send("POST", "/api/account/identities", body);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("step-up-required");
        var forged =
                visitor.send(
                        HttpRequest.newBuilder(node.at("/api/account/identities"))
                                .header("Origin", "https://evil.example")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(forged.statusCode()).isEqualTo(403);
    }

    @Test
    void whoProvesAgainWhoTheyAreDoesNotBecomeSomebodyNew() throws Exception {
        var visitor = new Visitor(node);
        var begun = visitor.begin("agora", "?again");
        assertThat(visitor.comeBack(agora.approve(begun, "nobody-yet")).toString())
                .startsWith(REFUSED + "other-account");
        assertThat(visitor.account()).isEmpty();
    }

    @Test
    void aProviderThatIsDownIsSaidToBeAndTheOtherWaysStillWork() throws Exception {
        var down = FakeProvider.start();
        var settings =
                Map.of(
                        "providers.down",
                        down.issuer(),
                        "providers.down.client",
                        "https://a.example");
        down.close();
        try (var node = RunningNode.start(home.resolve("down"), settings)) {
            assertThat(new Visitor(node).begin("down", "?then=/%23/account").toString())
                    .isEqualTo("/sign-in?refused=unreachable&at=down&then=%2F%23%2Faccount");
            EntranceTest.signedIn(node, "local");
        }
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
