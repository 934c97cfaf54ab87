// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.carnet.client.NodeClient;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.node.Node;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// openid-client, a certified relying party that others wrote, signs a person in at a node, in a real browser, and is a
/// device that a person lets in.
class OpenidClientTest {
    private static final Path PROGRAMS = Path.of("openid-client");
    private static final String PLATFORM = "https://arcadia.example";

    @TempDir static Path home;

    private static Node node;
    private static NodeClient operator;
    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        node = Node.start(Metaverse.settings(home, Map.of()));
        operator = Metaverse.operator(node, home.resolve("operator.key"));
        operator.post("api/accounts", Map.of("name", "alice", "roles", List.of("user")));
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        operator.close();
        node.close();
    }

    private static String at(String path) {
        return node.url().toString().replace("127.0.0.1", "localhost") + path;
    }

    /// A page in a browser in which alice is signed in.
    private Page page(BrowserContext context) throws IOException {
        var page = context.newPage();
        page.onPageError(complaints::add);
        var link = operator.post("api/accounts/alice/sign-in-links", Map.of());
        page.navigate(at(link.path("path").asString()));
        page.locator(".cover .who:text('alice')").waitFor();
        return page;
    }

    private static BrowserContext context() {
        return chromium.browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(1100, 850));
    }

    @Test
    void aPersonIsSignedInWithPushedRequestsProofOfTheVerifierAndBoundTokens() throws Exception {
        var key = SigningKey.generate(Algorithm.P256, new SecureRandom());
        int port = freePort();
        operator.post(
                "api/clients",
                Map.of(
                        "id",
                        PLATFORM,
                        "name",
                        "Arcadia",
                        "keys",
                        List.of(Jwk.members(key.did())),
                        "redirectUris",
                        List.of("http://127.0.0.1:" + port + "/back"),
                        "scopes",
                        List.of("openid", "profile", "carnet"),
                        "refresh",
                        true));
        var program =
                CompletableFuture.supplyAsync(
                        () ->
                                run(
                                        Map.of("CLIENT_KEY", KeyFile.write(key)),
                                        "sign-in.js",
                                        at(""),
                                        PLATFORM,
                                        Integer.toString(port)));
        try (var context = context()) {
            var page = page(context);
            Waiting.until(() -> listens(port), "the relying party listens");
            page.navigate("http://127.0.0.1:" + port + "/");
            page.locator("h1:text('Let Arcadia in?')").waitFor();
            show(page, "consent");
            page.click("button:text-is('Allow')");
            page.locator("pre:text-is('signed in')").waitFor();
        }
        var learned = learned(program.join());
        assertThat(learned.path("type").asString()).isEqualTo("dpop");
        assertThat(learned.at("/claims/sub").asString()).matches("[A-Za-z0-9_-]{43}");
        assertThat(learned.at("/claims/acr").asString()).isEqualTo("sfa");
        assertThat(learned.at("/userinfo/preferred_username").asString()).isEqualTo("alice");
        assertThat(learned.path("sameSubject").asBoolean()).isTrue();
        assertThat(learned.path("things").asInt()).isEqualTo(200);
        assertThat(learned.path("active").toString()).isEqualTo("[true,false]");
        assertThat(learned.path("pushed").asString()).endsWith("/oauth2/par");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aDeviceIsLetInByThePersonWhoTypesItsCode() throws Exception {
        operator.post(
                "api/clients",
                Map.of(
                        "id",
                        "Watch",
                        "name",
                        "A watch",
                        "device",
                        true,
                        "redirectUris",
                        List.of(),
                        "scopes",
                        List.of("carnet")));
        var file = home.resolve("code");
        var program =
                CompletableFuture.supplyAsync(
                        () -> run(Map.of(), "device.js", at(""), "Watch", file.toString()));
        try (var context = context()) {
            var page = page(context);
            var shown = Waiting.until(() -> written(file), "the device shows a code").split(" ");
            page.navigate(shown[1]);
            page.locator("#code").waitFor();
            show(page, "device");
            page.fill("#code", shown[0].toLowerCase(Locale.ROOT));
            page.click("button:text-is('Go on')");
            page.locator("h1:text('Let A watch in?')").waitFor();
            show(page, "device-consent");
            page.click("button:text-is('Allow')");
            page.locator("h1:text('It is let in.')").waitFor();
        }
        var learned = learned(program.join());
        assertThat(learned.path("type").asString()).isEqualTo("dpop");
        assertThat(learned.path("things").asInt()).isEqualTo(200);
        assertThat(complaints).isEmpty();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static @Nullable Boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return null;
        }
    }

    private static @Nullable String written(Path file) throws IOException {
        if (Files.notExists(file)) return null;
        var text = Files.readString(file);
        return text.isEmpty() ? null : text;
    }

    private static ForeignProgram run(Map<String, String> environment, String... arguments) {
        try {
            var command = new ArrayList<>(List.of("node"));
            command.addAll(List.of(arguments));
            return ForeignProgram.run(PROGRAMS, environment, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode learned(ForeignProgram program) {
        assertThat(program.exit()).as(program.said()).isZero();
        return JsonMapper.shared().readTree(program.said());
    }

    /// Keeps pictures of the page in all its dresses, each of which must fit its window.
    private static void show(Page page, String name) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1100, 390}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                page.setViewportSize(width, 850);
                Chromium.photograph(
                        page,
                        "%s-%s-%d".formatted(name, colours.name().toLowerCase(Locale.ROOT), width));
                var wide = (int) page.evaluate("() => document.documentElement.scrollWidth");
                assertThat(wide).as("width of " + name).isCloseTo(width, within(0));
            }
        }
    }
}
