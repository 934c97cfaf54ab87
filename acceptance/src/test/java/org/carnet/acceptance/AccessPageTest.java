// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.carnet.client.NodeClient;
import org.carnet.node.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Drives the pages of who may do what, in a real browser, as people of several roles.
class AccessPageTest {
    private static final Duration FRESH = Duration.ofSeconds(20);

    @TempDir static Path home;

    private static Node node;
    private static NodeClient operator;
    private static Chromium chromium;

    private final List<Visit> visits = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        node = Node.start(Metaverse.settings(home, Map.of()));
        operator = Metaverse.operator(node, home.resolve("operator.key"));
        for (var person : Map.of("alice", List.of("user"), "dora", List.of()).entrySet()) {
            operator.post(
                    "api/accounts", Map.of("name", person.getKey(), "roles", person.getValue()));
        }
        chromium = new Chromium();
    }

    @AfterAll
    static void close() throws IOException {
        if (chromium != null) chromium.close();
        if (operator != null) operator.close();
        if (node != null) node.close();
    }

    private Visit visit;

    @BeforeEach
    void enter() {
        visit = visit("operator");
    }

    @AfterEach
    void leave() {
        visits.forEach(Visit::assertThatNothingLeftTheNode);
        visits.forEach(Visit::close);
    }

    private Visit visit(String account) {
        return visit(node, operator).as(account);
    }

    private Visit visit(Node node, NodeClient operator) {
        var browser = chromium.browser();
        var visit = new Visit(browser, node.url(), operator, 1280, 850, ColorScheme.LIGHT);
        visits.add(visit);
        return visit;
    }

    @Test
    void whoeverIsRefusedLearnsWhichDecisionThatWasAndWhy() {
        var alice = visit("alice");
        alice.open("access/people");
        alice.find("carnet-people [role=alert] a:text('Who decided this')").click();
        alice.find("carnet-decision h2");
        assertThat(alice.find("carnet-decision article").textContent())
                .contains("alice", "list accounts", "No policy permits it");
        assertThat(alice.page.locator("carnet-decision .stamp").textContent()).isEqualTo("refused");
        Chromium.show(alice.page, "decision");
        assertThat(alice.page.locator(".decisions tbody th").allTextContents())
                .allMatch(who -> who.startsWith("alice"));

        visit.open("access/decisions");
        visit.page.fill("#caller", "alice");
        visit.page.fill("#action", "listAccounts");
        visit.page.keyboard().press("Enter");
        visit.page.waitForCondition(() -> visit.page.locator(".decisions tbody tr").count() == 1);
        visit.page.locator(".decisions tbody a").focus();
        visit.page.keyboard().press("Enter");
        visit.find("carnet-decision a:text('on the record')").click();
        visit.find("carnet-record-entry .stamp:text('decided')");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void aDecisionOfSomebodyElseIsNotExplained() {
        visit.open("access/decisions");
        var number = visit.find(".decisions tr[data-decision]").first();
        var alice = visit("alice");
        alice.open("access/decisions/" + number.getAttribute("data-decision"));
        alice.find("carnet-decision [role=alert]:has-text('Forbidden')");
    }

    @Test
    void anEditedPolicyIsShownOnceItIsInForceAndItsFaultsUntilThen() throws IOException {
        var file = home.resolve("agora/policies/users.cedar");
        var before = Files.readString(file);
        visit.open("access/policies");
        visit.find("[data-policy=users-look] summary").click();
        assertThat(visit.find("[data-policy=users-look] pre").textContent())
                .contains("permit (principal in Role::\"user\"");
        Chromium.show(visit.page, "policies");
        Files.writeString(file, before + "\npermit (nobody);");
        visit.find("[role=alert]:has-text('not in force') li");
        Files.writeString(file, before.replace("Users see how the node is", "Users look around"));
        visit.find("[data-policy=users-look]:has-text('Users look around')");
        assertThat(visit.page.locator("[role=alert]").count()).isZero();
        visit.page.fill("#sought", "no policy says this");
        visit.find("h2:text('Nothing found')");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void anAdministratorOpensAnAccountAndSuspendsItWhichSignsItOut() {
        var page = visit.open("access/people");
        page.fill("#name", "erin");
        page.locator("carnet-people form label:has-text('moderator') input").last().check();
        page.click("button:text-is('Open')");
        var link = visit.find(".link input").inputValue();
        Chromium.show(page, "people");

        var erin = visit("erin");
        erin.page.navigate(link);
        erin.find("carnet-account h1:text('erin')");
        assertThat(erin.find("carnet-account .lead").textContent()).isEqualTo("moderator, user");

        visit.find("[data-account=erin] button:text('Change roles')").click();
        visit.find("[data-account=erin] label:has-text('moderator') input").uncheck();
        visit.find("[data-account=erin] form button:text('Appoint')").click();
        visit.find("[data-account=erin] td:text-is('user')");

        visit.find("[data-account=erin] button:text('Suspend')").click();
        visit.find("dialog[open] button:text('Leave it')").click();
        visit.find("[data-account=erin][data-state=active] button:text('Suspend')").click();
        visit.find("dialog[open] button:text('Suspend')").click();
        visit.find("[data-account=erin][data-state=suspended]");
        erin.page.reload();
        erin.find("carnet-sign-in");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void aNameThatSomebodyHasIsRefusedInTheWordsOfTheNode() {
        var page = visit.open("access/people");
        page.fill("#name", "alice");
        page.click("button:text-is('Open')");
        visit.find("[role=alert]:has-text('Somebody has this name already')");
    }

    @Test
    void aDangerousActAsksOnThePageWhetherItIsStillTheSamePerson() throws IOException {
        var strict =
                Map.of(
                        "people.step-up", FRESH.toString(),
                        "data.directory", home.resolve("strict").toString());
        try (var node = Node.start(Metaverse.settings(home, strict));
                var operator = Metaverse.operator(node, home.resolve("strict.key"))) {
            var person = visit(node, operator);
            person.addAuthenticator();
            var page = person.open("account");
            person.find("button:text('Add a passkey')").click();
            person.find(".means li");
            waitUntilStale(page);
            person.find("button[aria-label^='Remove the passkey']").click();
            person.find("dialog[open] button:text('Remove it')").click();
            person.find("carnet-step-up dialog[open]");
            assertThat(page.locator(":focus").evaluate("one => one.closest('dialog') !== null"))
                    .isEqualTo(true);
            Chromium.show(page, "step-up");
            page.keyboard().press("Escape");
            person.find("carnet-account [role=alert]:has-text('Prove again who you are')");
            assertThat(page.locator(".means li").count()).isOne();

            person.find("button:text('Make new ones')").click();
            person.find("carnet-step-up button:text('With a passkey')").click();
            person.find(".recovery li");
            assertThat(page.locator("carnet-step-up dialog[open]").count()).isZero();
            assertThat(page.locator("[role=alert]").count()).isZero();
        }
    }

    /// Until the last proof is older than the node takes for dangerous acts.
    private static void waitUntilStale(Page page) {
        var since = "async () => (await (await fetch('/sign-in/session')).json()).since";
        var stale = Instant.parse((String) page.evaluate(since)).plus(FRESH);
        page.waitForCondition(() -> Instant.now().isAfter(stale));
    }

    @Test
    void aPlatformIsCertifiedAndWhatThatIsWorthHereDependsOnWhoSaysSo() {
        var page = visit.open("access/platforms");
        var did = "did:web:arcadia.example";
        page.fill("#certify-platform", did);
        page.fill("#scope", "crossing, storage");
        page.fill("#until", "2035-12-31");
        page.click("button:text-is('Certify')");
        var certification = visit.find("#certified").inputValue();
        page.fill("#check-platform", did);
        page.fill("#check-jwt", certification);
        page.click("button:text('Check it')");
        visit.find("[role=status] li:has-text('none that this node')");
        page.click("summary:text('Keep one')");
        page.fill("#own-jwt", "eyJub25lIjp0cnVlfQ.e30.");
        page.click("button:text('Keep it')");
        visit.find("[role=alert]");
        Chromium.show(page, "platforms");
    }

    @Test
    void whoeverHasNoRoleIsShownTheirAccountAndNothingThatWouldBeRefused() {
        var dora = visit("dora");
        dora.open("");
        dora.find("carnet-account h1:text('dora')");
        assertThat(dora.page.locator(".tabs a").count()).isZero();
        var alice = visit("alice");
        alice.open("");
        alice.find(".tabs a");
        assertThat(alice.page.locator(".tabs a").allTextContents())
                .containsExactly("Framework", "World", "Mine", "Signals", "Access");
    }
}
