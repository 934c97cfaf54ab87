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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// An OpenID Provider of somebody else, a program of its own, replaces this node's passkeys and passwords.
class ForeignProviderTest {
    private static final Path PROGRAM = Path.of("oidc-provider");
    private static final String AUDIENCE = "https://arcadia.example/api";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path home;

    private static Chromium chromium;
    private static Process provider;
    private static String issuer;
    private static Node node;

    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        chromium = new Chromium();
        int port = freePort();
        issuer = "http://127.0.0.1:" + freePort();
        var address = "http://localhost:" + port;
        provider = run(issuer, address);
        node =
                Node.start(
                        Metaverse.settings(
                                home,
                                Map.of(
                                        "http.port",
                                        Integer.toString(port),
                                        "people.sign-in",
                                        "company",
                                        "providers.company",
                                        issuer,
                                        "providers.company.client",
                                        address,
                                        "providers.company.label",
                                        "the company",
                                        "providers.company.roles",
                                        "user",
                                        "providers.company.step-up",
                                        "true",
                                        "providers.company.audience",
                                        AUDIENCE)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process run(String issuer, String node) throws IOException {
        var command = List.of("node", "provider.js", issuer, node, AUDIENCE);
        var builder = new ProcessBuilder(command).directory(PROGRAM.toFile());
        var started = builder.redirectError(home.resolve("provider.txt").toFile()).start();
        // It says that it is ready, or ends. Its output stays open: it says more later.
        assertThat(started.inputReader().readLine()).isEqualTo("ready");
        return started;
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        if (node != null) node.close();
        if (provider != null) provider.destroyForcibly().onExit().join();
    }

    @BeforeEach
    void openTheBrowser() {
        context =
                chromium.browser()
                        .newContext(new Browser.NewContextOptions().setViewportSize(1100, 850));
        page = context.newPage();
    }

    @AfterEach
    void closeTheBrowser() {
        context.close();
    }

    private String at(String path) {
        return node.url().toString().replace("127.0.0.1", "localhost") + path;
    }

    /// On the pages of the program, which take anybody.
    private void signInThere(String name) {
        page.fill("input[name=login]", name);
        page.fill("input[name=password]", "anything");
        page.click("button[type=submit]");
        page.click("button[type=submit]:has-text('Continue')");
    }

    @Test
    void peopleSignInThereAndNotHere() {
        page.navigate(at("/#/account"));
        page.locator("a:text('Enter with your account at the company')").waitFor();
        assertThat(page.locator("button:text('passkey')").count()).isZero();
        assertThat(page.locator("summary").count()).isZero();
        Chromium.show(page, "foreign-sign-in");
        page.click("a:text('Enter with your account')");
        signInThere("margaret");
        page.locator("carnet-account h1").waitFor();
        assertThat(page.url()).isEqualTo(at("/#/account"));
        assertThat(page.locator("carnet-account h1").textContent()).startsWith("guest-");
        assertThat(page.locator("carnet-account").textContent()).doesNotContain("margaret");
        assertThat(page.locator("h2:text('Passkeys')").count()).isZero();
    }

    /// Somebody has the browser bring an answer that it never asked for.
    @Test
    void whyOneDoesNotEnterIsSaidByThePageInItsOwnWords() {
        page.navigate(at("/sign-in/from/company?code=stolen&state=guessed"));
        assertThat(page.locator("[role=alert]").textContent())
                .contains("not begun in this browser");
        Chromium.show(page, "foreign-refused");
    }

    @Test
    void passwordsAndPasskeysOfThisNodeSignNobodyInAnyMore() throws Exception {
        for (var path : List.of("passkey/options", "passkey", "password", "recovery-code")) {
            var request =
                    HttpRequest.newBuilder(URI.create(at("/sign-in/" + path)))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"));
            var answer = send(request);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("the company");
        }
    }

    @Test
    void itsAccessTokensOpenTheInterfaceIfTheyAreForThisNode() throws Exception {
        var account = asRobot(AUDIENCE, "/api/account");
        assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
        assertThat(account.body()).contains("guest-", "\"roles\":[\"user\"]").doesNotContain("pwd");
        assertThat(asRobot("https://else.example", "/api/account").statusCode()).isEqualTo(401);
        // Roles are what the account has here, whatever a token says.
        assertThat(asRobot(AUDIENCE, "/api/accounts").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> asRobot(String audience, String path) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(at(path)))
                        .header("Authorization", "Bearer " + token(audience)));
    }

    private static String token(String audience) throws Exception {
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(issuer + "/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Authorization", "Basic " + secret())
                                .POST(
                                        BodyPublishers.ofString(
                                                "grant_type=client_credentials&scope=carnet&resource="
                                                        + audience)));
        return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
    }

    private static String secret() {
        var pair = "robot:a+secret+of+a+test".getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(pair);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /// The operator enrols here, since nobody else can be the first, and from then on enters from there as well.
    @Test
    void theFirstAdministratorEnrolsHereAndLinksTheAccountThere() throws Exception {
        page.navigate(at("/enrol#token=" + node.freshToken().orElseThrow()));
        page.fill("#name", "ada");
        page.click("button:text('Use a password')");
        page.locator(".key").waitFor();
        var secret = page.locator(".key").textContent().replace(" ", "");
        page.fill("#new-password", "seven wet umbrellas");
        page.fill("#new-code", OneTimeCode.of(secret));
        page.click("button:text-is('Enrol')");
        page.click("a:text('open the console')");
        page.navigate(at("/#/account"));
        page.click("button:text('Link your account at the company')");
        signInThere("ada.lovelace");
        page.locator("carnet-account strong:text('the company')").waitFor();
        Chromium.show(page, "linked-account");

        context.clearCookies();
        page.navigate(at("/#/account"));
        page.click("a:text('Enter with your account')");
        signInThere("ada.lovelace");
        page.locator("carnet-account h1:text('ada')").waitFor();
        assertThat(page.locator(".lead").textContent()).contains("administrator");
    }
}
