// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.MerkleHash;
import org.carnet.log.SignedNote;
import org.carnet.node.Node;
import org.carnet.node.settings.Settings;
import org.carnet.node.storage.NodeKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Looks at how a log is kept through the page of its node, which another node witnesses.
class RecordPageTest {
    private static final String AGORA = "carnet.local/agora";
    private static final String FORUM = "carnet.local/forum";
    private static final String LIAR = "carnet.local/liar";
    private static final Hash OTHER = MerkleHash.leaf(Bytes.utf8("another tree"));

    @TempDir static Path home;

    private static Node node;
    private static Node witness;
    private static NodeClient operator;
    private static Wearers wearers;
    private static Chromium chromium;

    private Visit visit;

    @BeforeAll
    static void openTheWorld() throws Exception {
        node = start("agora");
        operator = Metaverse.operator(node, home.resolve("operator.key"));
        witness = start("forum");
        meet(witness);
        wearers = new Wearers(operator, home.resolve("watches"));
        var watch = wearers.enrol("s02");
        wearers.map(watch, "s02", "walker-02", Wearers.MOVEMENT);
        wearers.wear(watch, "s02");
        chromium = new Chromium();
    }

    private static Node start(String name) throws IOException {
        return Node.start(
                Settings.of(
                        Map.of(
                                "name",
                                name,
                                "data.directory",
                                home.resolve(name).toString(),
                                "http.port",
                                "0",
                                "mqtt.port",
                                "off")));
    }

    /// Has the two platforms witness one another, and the other has something on its record.
    private static void meet(Node other) throws IOException, InterruptedException {
        operator.post("api/peers", Map.of("url", other.url().toString()));
        var itsKey = home.resolve(other.url().getPort() + ".key");
        try (var its = Metaverse.operator(other, itsKey);
                var watches =
                        new Wearers(its, home.resolve("watches of " + other.url().getPort()))) {
            its.post("api/peers", Map.of("url", node.url().toString()));
            watches.enrol("s06");
        }
    }

    @AfterAll
    static void closeTheWorld() throws Exception {
        if (chromium != null) chromium.close();
        if (wearers != null) wearers.close();
        if (operator != null) operator.close();
        if (witness != null) witness.close();
        if (node != null) node.close();
    }

    @BeforeEach
    void enter() {
        visit = new Visit(chromium.browser(), node.url(), operator, 1360, 850, ColorScheme.LIGHT);
    }

    @AfterEach
    void leave() {
        visit.assertThatNothingLeftTheNode();
        visit.close();
    }

    @Test
    void theThreeAcksGrowInSightAndSayHowLongTheyTake() {
        var page = visit.open("record");
        for (var level : List.of("durable", "included", "witnessed")) {
            awaitSize(page, level, 1);
            awaitSize(page, level, size(page, level) + 1);
            visit.find(".acks dl [data-level=" + level + "]:has-text('99 of 100 within')");
        }
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void aRecordSaysWhenItBecameDurableIncludedAndWitnessed() throws IOException {
        visit.open("record/3");
        visit.find("[data-ack=witnessed]:has-text('by the checkpoint of')");

        var newest = operator.get("api/records?limit=1").path("size").asLong() - 1;
        visit.open("record/" + newest);
        for (var ack : List.of("included", "witnessed")) {
            visit.find("[data-ack=" + ack + "]:has-text('by the checkpoint of')");
        }
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theWitnessIsShownAndWhatItSignedIsCheckedInTheBrowser() {
        var page = visit.open("record");
        visit.find(peer(FORUM, "agrees"));
        var checked = visit.find("[data-origin='" + FORUM + "'] [data-checked]");
        var before = Long.parseLong(checked.getAttribute("data-checked"));
        page.waitForCondition(() -> Long.parseLong(checked.getAttribute("data-checked")) > before);
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void aWitnessThatFallsSilentAndOneWhoseLogForksAreToldApart() throws Exception {
        try (var liar = start("liar")) {
            meet(liar);
            visit.open("record");
            visit.find(peer(LIAR, "agrees"));
            visit.page.waitForCondition(() -> !heldOf(LIAR).isEmpty());
        }
        visit.find(peer(LIAR, "silent"));

        var held = Checkpoint.parse(SignedNote.parse(Bytes.utf8(heldOf(LIAR))).text());
        assertThat(submit(signed("liar", LIAR, held.size()))).isEqualTo(422);
        visit.find(peer(LIAR, "distrusted") + ":has-text('fork')");
        var evidence = visit.find("[data-origin='" + LIAR + "'] a:text('the evidence')");
        assertThat(operator.text(evidence.getAttribute("href").substring(1))).contains("fork");
        photograph(visit, "distrusted", "light", 1360);
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theGrowthOfTheStorageIsDrawn() {
        visit.open("record");
        visit.find(".growth-plot canvas");
        assertThat(visit.find("carnet-growth .fine").textContent())
                .contains("records,", "bytes each");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void aNodeThatDoesNotAnchorSaysSoInOneSentence() {
        visit.open("record");
        assertThat(visit.find(".no-anchors").textContent())
                .contains("This node anchors no checkpoints on a chain.");
        assertThat(visit.complaints()).isEmpty();
    }

    /// The chain's answer is given here; AnchorTest has a real one.
    @Test
    void anAnchoredCheckpointIsListedAndTheLogIsComparedWithIt() throws IOException {
        var anchored = operator.text("checkpoint");
        var page = visit.page;
        page.route(
                "**/anchors",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("application/json")
                                        .setBody(anchors(anchored).toString())));
        visit.open("record");
        assertThat(visit.find(".anchors li").textContent()).contains("7,421", "0x9f0c");
        var size = Checkpoint.parse(SignedNote.parse(Bytes.utf8(anchored)).text()).size();
        awaitSize(page, "included", size + 1);
        page.selectOption("#checkpoint-one", "anchor 0");
        verify();
        visit.find("[data-consistent=yes]:has-text('nothing was changed')");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theLogIsComparedWithWhatTheBrowserSawFirstAndWithWhatIsWitnessed() {
        var page = visit.open("record");
        page.waitForSelector("#checkpoint-one option[value=first]", attached());
        awaitSize(page, "included", 1);
        awaitSize(page, "included", size(page, "included") + 5);
        verify();
        visit.find("[data-consistent=yes]:has-text('nothing was changed or taken out')");
        assertThat(page.locator(".checks li").allTextContents())
                .anyMatch(step -> step.contains("is signed with the key of " + AGORA))
                .anyMatch(step -> step.contains("The tiles give its root"))
                .anyMatch(step -> step.contains("The proof between them"));

        page.waitForSelector("#checkpoint-one option[value=witnessed]", attached());
        page.selectOption("#checkpoint-one", "witnessed");
        verify();
        visit.find("[data-consistent=yes]");
        assertThat(visit.complaints()).isEmpty();
    }

    private static Page.WaitForSelectorOptions attached() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);
    }

    @Test
    void aPastedForgeryIsRefusedWithTheReasonAndASignedForkConvictsTheLog() throws IOException {
        var page = visit.open("record");
        page.selectOption("#checkpoint-one", "pasted");
        var shown = operator.text("checkpoint");
        var checkpoint = Checkpoint.parse(SignedNote.parse(Bytes.utf8(shown)).text());
        paste(shown.replace(checkpoint.root().toBase64(), OTHER.toBase64()));
        visit.find("[data-consistent=no]:has-text('refused')");
        assertThat(page.locator(".checks .wrong").textContent()).contains("not signed by " + AGORA);

        paste(signed("agora", AGORA, checkpoint.size()).encode().toUtf8());
        visit.find("[data-consistent=no]:has-text('fork')");
        paste(shown);
        visit.find("[data-consistent=yes]");
        paste("nothing of the kind");
        visit.find("[data-consistent=no]:has-text('refused')");
        assertThat(visit.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"light, 1360, 850", "dark, 1360, 850", "light, 390, 844", "dark, 390, 844"})
    void howTheRecordIsKeptFitsItsWindowInLightAndDark(String colours, int width, int height) {
        var scheme = ColorScheme.valueOf(colours.toUpperCase(Locale.ROOT));
        try (var guest =
                new Visit(chromium.browser(), node.url(), operator, width, height, scheme)) {
            var page = guest.open("record");
            page.locator("carnet-witnesses summary").waitFor();
            page.evaluate(
                    "() => document.querySelectorAll('.panel').forEach((p) => p.open = true)");
            guest.find("[data-origin='" + FORUM + "'] [data-checked]");
            guest.find(".growth-plot canvas");
            guest.find("button:text('Verify consistency')").click();
            guest.find("[data-consistent=yes]");
            photograph(guest, "kept", colours, width);
            guest.open("record/3");
            guest.find("[data-ack=witnessed]:has-text('by the checkpoint of')");
            photograph(guest, "kept-record", colours, width);
            assertThat(guest.complaints()).isEmpty();
        }
    }

    private static void photograph(Visit guest, String name, String colours, int width) {
        Chromium.photograph(guest.page, "%s-%s-%d".formatted(name, colours, width));
        var wide = (int) guest.page.evaluate("() => document.documentElement.scrollWidth");
        assertThat(wide).as("width of " + name).isCloseTo(width, within(0));
    }

    private static String peer(String origin, String state) {
        return ".witnesses [data-origin='%s'][data-state=%s]".formatted(origin, state);
    }

    private static void awaitSize(Page page, String level, long least) {
        page.waitForCondition(() -> size(page, level) >= least);
    }

    /// 0 as long as none is shown.
    private static long size(Page page, String level) {
        var shown = page.locator(".acks dl [data-level=" + level + "] .size");
        if (shown.count() == 0) return 0;
        var digits = shown.textContent().strip().split("\\s")[0].replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private void verify() {
        visit.find("button:text('Verify consistency')").click();
    }

    private void paste(String note) {
        visit.page.fill("#note-one", note);
        verify();
    }

    private static JsonNode anchors(String checkpoint) {
        var json = JsonMapper.shared().createObjectNode().put("origin", AGORA).put("chain", 31337);
        json.put("contract", "0x5FbDB2315678afecb367f032d93F642f64180aa3");
        json.putArray("anchors")
                .addObject()
                .put("size", 1)
                .put("root", OTHER.toBase64())
                .put("transaction", "0x9f0c1b0a4f" + "0".repeat(54))
                .put("block", 7421)
                .put("time", "2025-11-20T12:00:00Z")
                .put("checkpoint", checkpoint);
        return json;
    }

    /// The checkpoint of another log that the node cosigned last; empty if none.
    private static String heldOf(String origin) {
        try {
            for (var peer : operator.get("api/peers").path("peers")) {
                if (!peer.path("origin").asString().equals(origin)) continue;
                return operator.text("witness/" + peer.path("id").asString() + "/checkpoint");
            }
        } catch (IOException none) {
            // 404
        }
        return "";
    }

    /// What the log signs of a tree that it shows to nobody else.
    private static SignedNote signed(String name, String origin, long size) throws IOException {
        return NodeKeys.open(home.resolve(name), new SecureRandom())
                .signer(origin)
                .sign(size, OTHER, Instant.now());
    }

    private static int submit(SignedNote checkpoint) throws IOException, InterruptedException {
        var size = Checkpoint.parse(checkpoint.text()).size();
        var request = new AddCheckpoint(size, List.of(), checkpoint).encode();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(node.url().resolve("/witness/add-checkpoint"))
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(request.toArray()))
                                    .build(),
                            BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
