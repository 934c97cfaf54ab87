// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.carnet.node.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Enrols and signs in with a real browser, whose authenticator is a virtual one (WebAuthn section 11).
class PasskeyTest {
    private static final String PASSWORD = "seven wet umbrellas";

    @TempDir static Path home;

    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();
    private Node node;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void openTheBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void closeTheBrowser() {
        chromium.close();
    }

    /// A node of the first start, and a browser with an authenticator in it.
    private void start(String name) throws IOException {
        node = Node.start(Metaverse.settings(home.resolve(name), Map.of()));
        context =
                chromium.browser()
                        .newContext(new Browser.NewContextOptions().setViewportSize(1100, 850));
        page = context.newPage();
        page.onPageError(complaints::add);
        addAuthenticator();
    }

    private void addAuthenticator() {
        var devices = context.newCDPSession(page);
        devices.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var parameters = new JsonObject();
        parameters.add("options", options);
        devices.send("WebAuthn.addVirtualAuthenticator", parameters);
    }

    @AfterEach
    void stop() throws IOException {
        if (context != null) context.close();
        if (node != null) node.close();
    }

    private String at(String path) {
        return node.url().toString().replace("127.0.0.1", "localhost") + path;
    }

    @Test
    void theFirstAdministratorEnrolsAPasskeyAndSignsInWithIt() throws IOException {
        start("passkey");
        var token = node.freshToken().orElseThrow();
        page.navigate(at("/enrol#token=" + token));
        page.locator("#name").waitFor();
        assertThat(page.url()).doesNotContain(token);
        show("enrol");
        page.fill("#name", "ada");
        page.click("button:text('Create a passkey')");
        page.locator(".recovery li").first().waitFor();
        assertThat(page.locator(".recovery li").count()).isEqualTo(10);
        show("recovery-codes");
        page.click("a:text('open the console')");
        page.locator(".cover .who:text('ada')").waitFor();
        assertThat(cookie()).isEqualTo("true Lax");

        page.click("button:text('Sign out')");
        page.locator("carnet-sign-in summary").first().waitFor();
        show("sign-in");
        page.navigate(at("/#/account"));
        page.click("button:text('Sign in with a passkey')");
        page.locator("carnet-account h1:text('ada')").waitFor();
        show("account");
        page.click("button:text('Sign out everywhere')");
        page.locator("carnet-sign-in summary").first().waitFor();

        page.navigate(at("/enrol#token=" + token));
        page.fill("#name", "mallory");
        page.click("button:text('Create a passkey')");
        assertThat(page.locator("[role=alert]").textContent()).contains("used before");
        assertThat(complaints).isEmpty();
    }

    @Test
    void theFirstAdministratorEnrolsAPasswordWithCodesAndSignsInWithThem() throws Exception {
        start("password");
        page.navigate(at("/enrol"));
        page.fill("#token", node.freshToken().orElseThrow());
        page.fill("#name", "ada");
        page.click("button:text('Use a password')");
        var secret = page.locator(".key").textContent().replace(" ", "");
        show("enrol-password");
        page.fill("#new-password", PASSWORD);
        page.fill("#new-code", code(secret, 0));
        page.click("button:text-is('Enrol')");
        page.locator(".recovery li").first().waitFor();

        context.clearCookies();
        page.navigate(at("/sign-in"));
        page.click("summary:text('password')");
        page.fill("#name-p", "ada");
        page.fill("#password", PASSWORD);
        page.fill("#code", code(secret, 1));
        page.click("details[open] button");
        page.locator(".cover .who:text('ada')").waitFor();
        assertThat(complaints).isEmpty();
    }

    /// Sent to somebody who trusts this node, such an address would lead them away after they signed in.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "javascript:document.title='evil'",
                "/\t/evil.example/"
            })
    void signingInLeadsToNoOtherSite(String then) throws IOException {
        start("redirect-" + Math.abs(then.hashCode()));
        try (var operator = Metaverse.operator(node, node(then))) {
            var link =
                    operator.post("api/accounts/operator/sign-in-links", Map.of())
                            .path("path")
                            .asString();
            var encoded = java.net.URLEncoder.encode(then, java.nio.charset.StandardCharsets.UTF_8);
            page.navigate(at(link.replace("#", "?then=" + encoded + "#")));
            page.locator(".tabs").waitFor();
            assertThat(page.url()).startsWith(at("/"));
            assertThat(page.title()).doesNotContain("evil");
        }
    }

    private static Path node(String then) {
        return home.resolve("key-" + Math.abs(then.hashCode()));
    }

    /// Of the session: whether scripts cannot read it, and to whom it is sent.
    private String cookie() {
        var session =
                context.cookies().stream()
                        .filter(cookie -> cookie.name.equals("carnet-agora"))
                        .findFirst()
                        .orElseThrow();
        assertThat(page.evaluate("document.cookie")).isEqualTo("");
        return session.httpOnly
                + " "
                + session.sameSite.name().charAt(0)
                + session.sameSite.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /// Keeps pictures of the page in all its dresses, each of which must fit its window.
    private void show(String name) {
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

    /// RFC 6238, as the person's phone does it.
    private static String code(String base32, int later) throws GeneralSecurityException {
        var bits = new StringBuilder();
        for (char letter : base32.toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            bits.append(Integer.toBinaryString(32 | value).substring(1));
        }
        var key = new byte[bits.length() / 8];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        long step = Instant.now().getEpochSecond() / 30 + later;
        var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
        return String.format("%06d", number % 1_000_000);
    }
}
