// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;

import org.carnet.Bytes;
import org.carnet.cli.demo.Maker;
import org.carnet.client.Claim;
import org.carnet.client.NodeClient;
import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Drives, in a real browser, the pages of what belongs to somebody: devices, avatars, and signs that somebody else uses them.
class MinePageTest {
    @TempDir static Path home;

    private static final Maker maker = new Maker(new SecureRandom(), Instant.now());

    private static Node node;
    private static NodeClient operator;
    private static Chromium chromium;

    private final List<Visit> visits = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        var makers = maker.writeAuthority(home.resolve("makers.pem")).toString();
        node =
                Node.start(
                        Metaverse.settings(
                                home,
                                Map.of(
                                        "peers.arcadia",
                                        "http://127.0.0.1:9",
                                        "makers.authorities",
                                        makers)));
        operator = Metaverse.operator(node, home.resolve("operator.key"));
        for (var person : List.of("alice", "bob", "carol", "dave", "erin")) {
            operator.post("api/accounts", Map.of("name", person, "roles", List.of("user")));
        }
        chromium = new Chromium();
    }

    @AfterAll
    static void close() throws IOException {
        if (chromium != null) chromium.close();
        if (operator != null) operator.close();
        if (node != null) node.close();
    }

    @AfterEach
    void leave() {
        visits.forEach(Visit::assertThatNothingLeftTheNode);
        visits.forEach(Visit::close);
    }

    private Visit visit(String account) {
        var browser = chromium.browser();
        var visit = new Visit(browser, node.url(), operator, 1280, 850, ColorScheme.LIGHT);
        visits.add(visit);
        return visit.as(account);
    }

    /// A watch that moves an avatar here and one in Arcadia.
    private static SigningKey watch(String owner, String avatar) throws IOException {
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        operator.post(
                "api/things",
                Map.of(
                        "thingDescription",
                        described(key, "a watch of " + owner),
                        "owner",
                        owner,
                        "route",
                        "direct"));
        for (var platform : List.of("agora", "arcadia")) {
            operator.post(
                    "api/mappings",
                    Map.of(
                            "thing",
                            key.did().value(),
                            "platform",
                            platform,
                            "avatar",
                            avatar,
                            "owner",
                            owner,
                            "purpose",
                            "move the avatar",
                            "shares",
                            List.of(Map.of("property", "acceleration-x")),
                            "notAfter",
                            Instant.now().plusSeconds(86_400).toString()));
        }
        return key;
    }

    private static JsonNode described(SigningKey key, String title) throws IOException {
        var about = ThingDescription.ofWatch(key.did(), title);
        try (var watch =
                Thing.create(Files.createTempDirectory(home, "w").resolve("w"), key, about)) {
            return watch.description();
        }
    }

    private static void send(SigningKey key, double value) throws Exception {
        try (var client = NodeClient.open(node.url(), Trust.usual())) {
            client.posts().send(pack(key, value)).get();
        }
    }

    /// Always the first update of the watch.
    private static Bytes pack(SigningKey key, double value) {
        var now = Instant.now();
        var reading = new Reading("acceleration-x", now, new Value.Quantity(value), "m/s2");
        return Signer.sign(key, Form.JWS_SENML_JSON, key.did(), 1, now, List.of(reading));
    }

    @Test
    void whatIsMineIsShownWithItsAvatarsPerPlatformAndNobodyElses() throws IOException {
        var watch = watch("alice", "walker-a").did().value();
        var alice = visit("alice");
        alice.open("mine");
        assertThat(alice.find("[data-thing]").count()).isOne();
        assertThat(alice.find("[data-thing='" + watch + "'] h2").textContent())
                .isEqualTo("a watch of alice");
        assertThat(alice.page.locator("[data-thing] tbody tr").allTextContents())
                .anySatisfy(
                        row -> assertThat(row).contains("walker-a", "arcadia", "acceleration x"))
                .anySatisfy(row -> assertThat(row).contains("walker-a", "agora", "(here)"));
        Chromium.show(alice.page, "mine");

        var bob = visit("bob");
        bob.open("mine");
        bob.find("h2:text('Nothing is yours here yet')");
        assertThat(bob.page.textContent("body")).doesNotContain(watch);
        var keeper = visit("operator");
        keeper.open("mine");
        keeper.find("carnet-mine .notice, carnet-mine [data-thing]");
        assertThat(keeper.page.textContent("body")).doesNotContain(watch);
        assertThat(alice.complaints()).isEmpty();
    }

    @Test
    void aSignOfFraudIsShownToItsOwnerAndDecidedByAnOperatorWithAReason() throws Exception {
        var key = watch("carol", "walker-b");
        send(key, 1);
        send(key, 2);
        var carol = visit("carol");
        var at = "[data-signal]:has([title='" + key.did().value() + "'])";
        carol.open("signals");
        assertThat(carol.find(at).getAttribute("data-effect")).isEqualTo("suspended");
        assertThat(carol.find(at + " .reasons").textContent()).contains("the number 1");
        assertThat(carol.page.locator(at + " button").count()).isZero();
        Chromium.show(carol.page, "signals");
        carol.open("mine");
        carol.find("[data-thing='" + key.did().value() + "'] .stamp:text('suspended')");

        var judge = visit("operator");
        judge.open("signals");
        judge.find(at + " button:text('Decide about it')").click();
        judge.find(at + " textarea").fill("Carol showed me the watch.");
        judge.find(at + " button:text('Lift it')").click();
        assertThat(judge.find(at + "[data-state=lifted]").textContent())
                .contains("lifted by operator", "Carol showed me the watch.");
        assertThat(judge.complaints()).isEmpty();
    }

    @Test
    void nobodyDecidesAboutASignOfTheirOwn() throws Exception {
        var key = watch("operator", "walker-c");
        send(key, 1);
        send(key, 2);
        var judge = visit("operator");
        var at = "[data-signal]:has([title='" + key.did().value() + "'])";
        judge.open("signals");
        assertThat(judge.find(at).textContent()).contains("nobody answers an appeal of their own");
        assertThat(judge.page.locator(at + " button").count()).isZero();
    }

    @Test
    void anOwnerReportsALossAndAFindAndOffersTheThingToSomebodyElse() throws IOException {
        var thing = "[data-thing='" + watch("dave", "walker-d").did().value() + "']";
        var dave = visit("dave");
        var page = dave.open("mine");
        dave.find(thing + " .mono:text('did:key:')");
        assertThat(page.locator(thing + " td:has-text('it knows as')").count()).isOne();
        dave.find(thing + " [data-act=lost]").click();
        dave.find("dialog[open] button:text('Leave it')").click();
        assertThat(page.locator(thing + "[data-standing=active]").count()).isOne();
        dave.find(thing + " [data-act=lost]").click();
        dave.find("dialog[open] button:text('It is lost')").click();
        dave.find(thing + "[data-standing=lost] .stamp:text('lost')");
        assertThat(page.locator(thing + " summary:text('Hand it over')").count()).isZero();
        dave.find(thing + " [data-act=found]").click();
        dave.find(thing + "[data-standing=active]");

        dave.find(thing + " summary:text('Hand it over')").click();
        dave.find(thing + " input[name=to]").fill("dave");
        dave.find(thing + " button:text('Offer it')").click();
        dave.find(thing + " [role=alert]:has-text('another account')");
        dave.find(thing + " input[name=to]").fill("alice");
        dave.find(thing + " button:text('Offer it')").click();
        assertThat(dave.find(thing + " .offer .key").textContent()).hasSizeGreaterThan(20);
        Chromium.show(page, "hand-over");
        dave.find(thing + " button:text('Withdraw the offer')").click();
        dave.find(thing + " .told:has-text('Withdrawn')");
    }

    @Test
    void aDeviceIsClaimedByTheCodeThatItShows() throws IOException {
        var device = maker.device("W-1");
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var about = ThingDescription.ofWatch(key.did(), "a watch of nobody yet");
        try (var client = NodeClient.open(node.url(), Trust.usual());
                var watch = Thing.create(home.resolve("claimed"), key, about)) {
            var chain = List.of(device.certificate());
            var claim = Claim.attest(client, watch, chain, device.key(), Instant.now());
            var erin = visit("erin");
            var page = erin.open("mine");
            erin.find("#claim-code").fill("BBBB-BBBB");
            erin.find("button:text('Look at it')").click();
            erin.find("carnet-claim [role=alert]:has-text('no device shows this code')");
            erin.find("#claim-code").fill(claim.code().toLowerCase(Locale.ROOT));
            Chromium.show(page, "claim-code");
            erin.find("button:text('Look at it')").click();
            assertThat(erin.find("carnet-claim dl").textContent()).contains("Watchmaker", "W-1");
            assertThat(claim.isConfirmed()).isFalse();
            Chromium.show(page, "claim");
            erin.find("button:text('It is mine')").click();
            erin.find("[data-thing='" + key.did().value() + "'] h2:text('a watch of nobody yet')");
            erin.find("carnet-claim .told:has-text('is yours')");
            assertThat(claim.isConfirmed()).isTrue();
            assertThat(erin.find("#claim-code").inputValue()).isEmpty();
            Chromium.show(page, "claimed");
        }
    }
}
