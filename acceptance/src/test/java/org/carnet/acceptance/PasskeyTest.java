// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

import org.carnet.node.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        Chromium.addAuthenticator(page);
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
        Chromium.show(page, "enrol");
        page.fill("#name", "ada");
        page.click("button:text('Create a passkey')");
        page.locator(".recovery li").first().waitFor();
        assertThat(page.locator(".recovery li").count()).isEqualTo(10);
        Chromium.show(page, "recovery-codes");
        page.click("a:text('open the console')");
        page.locator(".cover .who:text('ada')").waitFor();
        assertThat(cookie()).isEqualTo("true Lax");

        page.click("button:text('Sign out')");
        page.locator("carnet-sign-in summary").first().waitFor();
        Chromium.show(page, "sign-in");
        page.navigate(at("/#/account"));
        page.click("button:text('Sign in with a passkey')");
        page.locator("carnet-account h1:text('ada')").waitFor();
        Chromium.show(page, "account");
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
        Chromium.show(page, "enrol-password");
        page.fill("#new-password", PASSWORD);
        page.fill("#new-code", OneTimeCode.of(secret));
        page.click("button:text-is('Enrol')");
        page.locator(".recovery li").first().waitFor();

        context.clearCookies();
        page.navigate(at("/sign-in"));
        page.click("summary:text('password')");
        page.fill("#name-p", "ada");
        page.fill("#password", PASSWORD);
        page.fill("#code", OneTimeCode.of(secret, 1));
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
}
