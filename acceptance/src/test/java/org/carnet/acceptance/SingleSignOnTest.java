// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;

import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.node.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Somebody with an account at Agora enters Arcadia and Elysium with it, whole nodes all three, in a real browser.
class SingleSignOnTest {
    private static final String NAME = "zebulon-pike";

    @TempDir static Path home;

    private static Chromium chromium;
    private static Node agora;
    private static NodeClient operator;
    private static Node arcadia;
    private static Node elysium;

    @BeforeAll
    static void start() throws Exception {
        chromium = new Chromium();
        agora = Node.start(Metaverse.settings(home, Map.of()));
        operator = Metaverse.operator(agora, home.resolve("operator.key"));
        arcadia = guest("arcadia");
        elysium = guest("elysium");
    }

    /// A node whose people may come from Agora, which knows it.
    private static Node guest(String name) throws Exception {
        var client = "https://" + name + ".example";
        var node =
                Node.start(
                        Metaverse.settings(
                                home,
                                Map.of(
                                        "name",
                                        name,
                                        "data.directory",
                                        home.resolve(name).toString(),
                                        "providers.agora",
                                        at(agora, ""),
                                        "providers.agora.client",
                                        client,
                                        "providers.agora.label",
                                        "Agora",
                                        "providers.agora.roles",
                                        "user",
                                        "providers.agora.step-up",
                                        "true")));
        try (var anybody = NodeClient.open(node.url(), Trust.usual())) {
            var keys = anybody.get("sign-in/client-keys").path("keys");
            operator.post(
                    "api/clients",
                    Map.of(
                            "id",
                            client,
                            "name",
                            name,
                            "redirectUris",
                            List.of(at(node, "/sign-in/from/agora")),
                            "keys",
                            keys,
                            "scopes",
                            List.of("openid"),
                            "dpop",
                            false));
        }
        return node;
    }

    @AfterAll
    static void stop() throws IOException {
        chromium.close();
        if (operator != null) operator.close();
        for (var node : new Node[] {agora, arcadia, elysium}) if (node != null) node.close();
    }

    private static String at(Node node, String path) {
        return node.url().toString().replace("127.0.0.1", "localhost") + path;
    }

    @Test
    void aPersonOfAgoraEntersOtherPlatformsWithoutBeingTracedFromOneToTheNext() throws Exception {
        var context =
                chromium.browser()
                        .newContext(new Browser.NewContextOptions().setViewportSize(1100, 850));
        try (context) {
            var page = context.newPage();
            var heard = new ArrayList<String>();
            page.onRequest(
                    request -> {
                        if (request.url().startsWith(at(agora, ""))) return;
                        heard.add(request.url() + " " + request.postData() + request.headers());
                    });
            enrolAtAgora(page);
            var there = enter(page, arcadia);
            var elsewhere = enter(page, elysium);
            assertThat(there).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(elsewhere);
            assertThat(heard).isNotEmpty().noneMatch(request -> request.contains(NAME));
        }
        assertThat(holds("agora")).as("what Agora keeps").isTrue();
        assertThat(holds("arcadia")).as("what Arcadia keeps").isFalse();
        assertThat(holds("elysium")).as("what Elysium keeps").isFalse();
    }

    /// By a link of the administrator first, then with a passkey.
    private static void enrolAtAgora(Page page) throws IOException {
        Chromium.addAuthenticator(page);
        operator.post("api/accounts", Map.of("name", NAME, "roles", List.of("user")));
        var link = operator.post("api/accounts/" + NAME + "/sign-in-links", Map.of());
        page.navigate(at(agora, link.path("path").asString()));
        page.click("button:text('Add a passkey')");
        page.locator(".means li").first().waitFor();
        page.click("button:text('Sign out everywhere')");
        page.locator("button:text('Sign in with a passkey')").waitFor();
        page.navigate(at(agora, "/#/account"));
        page.click("button:text('Sign in with a passkey')");
        page.locator("carnet-account h1:text('" + NAME + "')").waitFor();
    }

    /// With the account at Agora, where the person is signed in.
    ///
    /// @return what Agora calls the person there
    private static String enter(Page page, Node node) {
        page.navigate(at(node, "/#/account"));
        page.click("a:text('Enter with your account at Agora')");
        page.click("button:text('Allow')");
        page.locator("carnet-account h1").waitFor();
        assertThat(page.url()).isEqualTo(at(node, "/#/account"));
        assertThat(page.locator("carnet-account h1").textContent()).startsWith("guest-");
        assertThat(page.locator("carnet-account strong:text('Agora')").count()).isEqualTo(1);
        assertThat(page.locator("td[data-label='Proved by']").textContent()).isEqualTo("passkey");
        return page.locator("carnet-account code").getAttribute("title");
    }

    /// Whether the name stands anywhere in a node's files or in its database's.
    private static boolean holds(String node) throws IOException {
        for (var directory : List.of(node, node + ".database")) {
            try (var files = Files.walk(home.resolve(directory))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    if (text.contains(NAME)) return true;
                }
            }
        }
        return false;
    }
}
