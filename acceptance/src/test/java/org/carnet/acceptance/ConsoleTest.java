// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.TlogProof;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.Node;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/// Drives the console of a real node in a real browser while the watches of real people move its avatars.
class ConsoleTest {
    private static final List<String> PEOPLE = List.of("s02", "s06", "s12", "s16");

    /// Those whose mappings no test pauses or ends.
    private static final List<String> UNTOUCHED = List.of("s02", "s06");

    @TempDir static Path home;

    private static Node node;
    private static NodeClient operator;
    private static Wearers wearers;
    private static Chromium chromium;
    private static Browser browser;

    private Visit visit;

    @BeforeAll
    static void openTheWorld() throws IOException {
        node =
                Node.start(
                        Settings.of(
                                Map.of(
                                        "name", "agora",
                                        "data.directory", home.resolve("agora").toString(),
                                        "http.port", "0",
                                        "mqtt.port", "off")));
        operator = Metaverse.operator(node, home.resolve("operator.key"));
        wearers = new Wearers(operator, home.resolve("watches"));
        for (var person : PEOPLE) {
            var watch = wearers.enrol(person);
            wearers.map(watch, person, walker(person), Wearers.MOVEMENT);
            wearers.map(watch, person, spark(person), Wearers.INTENSITY);
            wearers.wear(watch, person);
        }
        chromium = new Chromium();
        browser = chromium.browser();
    }

    @AfterAll
    static void closeTheWorld() throws Exception {
        if (chromium != null) chromium.close();
        if (wearers != null) wearers.close();
        if (operator != null) operator.close();
        if (node != null) node.close();
    }

    @BeforeEach
    void enter() {
        visit = new Visit(browser, node.url(), operator, 1360, 850, ColorScheme.LIGHT);
    }

    @AfterEach
    void leave() {
        visit.assertThatNothingLeftTheNode();
        visit.close();
    }

    @Test
    void theFrameworkShowsTheTrafficOfThePointsInUseAndSaysWhichAreNot() {
        var page = visit.open("framework");
        visit.find("tr[data-point=R1]:not(.unused)");
        for (var point : List.of("R3", "R5", "R6")) {
            assertThat(page.locator("tr[data-point=" + point + "]").textContent())
                    .contains("not in use on this node");
        }
        visit.find(".framework-figure .pulse.in");
        try (var follower = new Visit(browser, node.url(), operator, 600, 400, ColorScheme.LIGHT)) {
            follower.open("world");
            waitForPose(follower.page, walker("s02"), "pose.oriented");
            for (var grows :
                    List.of("R1] td:nth-child(3)", "R2] td:nth-child(3)", "R4] td:nth-child(5)")) {
                var counted = number(page, "tr[data-point=" + grows);
                page.waitForCondition(() -> number(page, "tr[data-point=" + grows) > counted + 5);
            }
        }
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theAvatarsOfTheWorldMoveAsTheirWatchesDo() {
        var page = visit.open("world");
        visit.find("carnet-world canvas");
        for (var person : UNTOUCHED) {
            waitForPose(page, walker(person), "pose.oriented && pose.activity");
            waitForPose(page, spark(person), "!pose.oriented && pose.intensity > 0");
        }
        var before = pose(page, walker("s02"));
        page.waitForFunction(
                """
                ([avatar, before]) => {
                  const pose = document.querySelector('carnet-world').poses[avatar];
                  const turned = ['pitch', 'roll', 'yaw'].map((angle) => Math.abs(pose[angle] - before[angle]));
                  return Math.max(...turned) > 20 && pose.intensity !== before.intensity;
                }\
                """,
                List.of(walker("s02"), before));
        assertThat(page.locator(".world-list li").count()).isEqualTo(2 * PEOPLE.size());
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theAvatarsAreDrawnWithTheirNames() throws IOException {
        var page = visit.open("world");
        waitForPose(page, walker("s02"), "pose.oriented");
        visit.find(".world-label:visible");
        assertThat(page.locator(".world-label:visible").count()).isEqualTo(2 * PEOPLE.size());
        page.evaluate("() => document.querySelector('.world-labels').remove()");
        var picture =
                ImageIO.read(
                        new ByteArrayInputStream(page.locator("carnet-world canvas").screenshot()));
        var colours =
                IntStream.range(0, picture.getWidth() * picture.getHeight())
                        .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                        .distinct()
                        .count();
        assertThat(colours).as("colours of the picture").isGreaterThan(1500);
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theKeyboardLeadsFromTheWorldToAnAvatarWithItsPlotsAndPermissions() {
        var page = visit.open("world");
        visit.find(".world-list a:has-text('" + walker("s06") + "')").focus();
        page.keyboard().press("Enter");
        visit.find("h1:text-is('" + walker("s06") + "')");
        visit.find("[data-plot=acceleration] canvas");
        visit.find("[data-plot=rotation] canvas");
        assertThat(visit.find(".latest tbody tr").count()).isEqualTo(Wearers.MOVEMENT.size());
        assertThat(visit.find("carnet-mappings tr[data-status=active]").textContent())
                .contains("move " + walker("s06"), "acceleration x y z", "every reading");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void pausingAMappingStopsTheAvatarAtOnceAndResumingMovesItAgain() {
        var page = visit.open("avatar/" + walker("s12"));
        visit.find("carnet-mappings tr[data-status=active] [data-act=pause]").click();
        visit.find("carnet-mappings tr[data-status=paused]");
        var stopped = lastReading(walker("s12"));
        var elsewhere = lastReading(walker("s02"));
        page.waitForCondition(() -> lastReading(walker("s02")).isAfter(elsewhere.plusSeconds(2)));
        assertThat(lastReading(walker("s12"))).isEqualTo(stopped);

        visit.find("[data-act=resume]").click();
        visit.find("carnet-mappings tr[data-status=active]");
        page.waitForCondition(() -> lastReading(walker("s12")).isAfter(stopped));
        assertThat(visit.complaints()).isEmpty();
        assertThat(page.locator(".told").textContent()).startsWith("Resumed.");
    }

    @Test
    void endingAMappingAsksFirstAndIsForGood() {
        var page = visit.open("avatar/" + spark("s16"));
        visit.find("[data-act=end]").click();
        visit.find("dialog button:text('Keep it')").click();
        assertThat(page.locator("carnet-mappings tr[data-status=active]").count()).isOne();

        visit.find("[data-act=end]").click();
        visit.find("dialog button:text('End the mapping')").click();
        visit.find("carnet-mappings tr[data-status=ended]");
        assertThat(page.locator("carnet-mappings [data-act]").count()).isZero();
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void aRecordIsVerifiedInTheBrowserAndAFlippedBitIsNoticed() {
        var page = visit.open("record");
        visit.find("#kind").selectOption("mapped");
        page.waitForCondition(() -> page.locator(".records tbody tr").count() == 2 * PEOPLE.size());
        page.locator(".records tbody a").first().click();
        visit.find("button:text('Verify in this browser')").click();
        visit.find("[data-verdict=ok]");
        assertThat(page.locator(".root[data-same=yes]").count()).isOne();

        visit.find("button:text('Try it with one bit flipped')").click();
        visit.find("[data-verdict=failed]");
        assertThat(page.locator(".root[data-same=no]").count()).isOne();
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theDownloadedProofHoldsWithoutTheBrowser() throws IOException {
        var page = visit.open("record/3");
        visit.find("carnet-proof");
        var download =
                page.waitForDownload(() -> visit.find("button:text('Download the proof')").click());
        assertThat(download.suggestedFilename()).isEqualTo("agora-3.tlog-proof");
        var proof = TlogProof.parse(Bytes.copyOf(Files.readAllBytes(download.path())));
        var leaf = Bytes.base64(operator.get("api/records/3").path("leaf").asString());
        var log = LogVerifier.parse(Bytes.utf8(operator.text("log.vkey")));
        assertThat(proof.index()).isEqualTo(3);
        assertThat(proof.verify(MerkleHash.leaf(leaf), log)).isInstanceOf(VerifiedCheckpoint.class);
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theActivityLogIsSearchedByWhatARecordIsAbout() {
        var page = visit.open("record");
        visit.find(".records tbody tr");
        visit.find(".fresh:has-text('new')");
        page.fill("#about", walker("s02"));
        page.keyboard().press("Enter");
        page.waitForCondition(
                () ->
                        page.locator(".records .brief").allTextContents().stream()
                                .noneMatch(brief -> brief.contains(walker("s06"))));
        page.fill("#about", "nobody-of-this-name");
        page.keyboard().press("Enter");
        visit.find("h2:text('Nothing found')");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void whoeverIsNotSignedInIsAskedToAndThenSeesThePageTheyWanted() {
        var page = visit.page;
        page.navigate(visit.node + "/#/record");
        visit.find("carnet-sign-in summary:has-text('recovery code')");
        assertThat(page.url()).contains("/sign-in?then=%2F%23%2Frecord");
        visit.open("record");
        visit.find(".records tbody tr");
        visit.find("button:text('Sign out')").click();
        visit.find("carnet-sign-in");
        page.navigate(visit.node + "/#/record");
        visit.find("carnet-sign-in");
    }

    @ParameterizedTest
    @CsvSource({"light, 1360, 850", "dark, 1360, 850", "light, 390, 844", "dark, 390, 844"})
    void everyPageFitsItsWindowInLightAndDark(String colours, int width, int height) {
        var scheme = ColorScheme.valueOf(colours.toUpperCase(Locale.ROOT));
        try (var guest = new Visit(browser, node.url(), operator, width, height, scheme)) {
            photograph(guest, "framework", ".framework-figure .pulse", colours, width);
            photograph(guest, "world", ".world-label:visible", colours, width);
            photograph(
                    guest,
                    "avatar/" + walker("s02"),
                    "[data-plot=rotation] canvas",
                    colours,
                    width);
            guest.open("record/2");
            guest.find("button:text('Verify in this browser')").click();
            photograph(guest, "record/2", "[data-verdict=ok]", colours, width);
            assertThat(guest.complaints()).isEmpty();
            guest.assertThatNothingLeftTheNode();
        }
    }

    private static void photograph(Visit guest, String at, String sign, String colours, int width) {
        if (!guest.page.url().endsWith("#/" + at)) guest.open(at);
        guest.find(sign);
        Chromium.photograph(guest.page, "%s-%s-%d".formatted(at.replace('/', '-'), colours, width));
        var wide = (int) guest.page.evaluate("() => document.documentElement.scrollWidth");
        assertThat(wide).as("width of " + at).isCloseTo(width, within(0));
    }

    private static String walker(String person) {
        return "walker-" + person.substring(1);
    }

    private static String spark(String person) {
        return "spark-" + person.substring(1);
    }

    private static Object pose(Page page, String avatar) {
        return page.evaluate(
                "(avatar) => ({...document.querySelector('carnet-world').poses[avatar]})", avatar);
    }

    private static void waitForPose(Page page, String avatar, String condition) {
        page.waitForFunction(
                "(avatar) => { const pose = document.querySelector('carnet-world')?.poses[avatar];"
                        + " return pose && "
                        + condition
                        + "; }",
                avatar);
    }

    private static long number(Page page, String selector) {
        return Long.parseLong(page.locator(selector).textContent().replace(",", ""));
    }

    private static Instant lastReading(String avatar) {
        try {
            return Instant.parse(
                    operator.get("avatars/" + avatar + "/properties")
                            .path("acceleration-x")
                            .path("time")
                            .asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
