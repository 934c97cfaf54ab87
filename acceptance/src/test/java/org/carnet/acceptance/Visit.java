// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.carnet.client.NodeClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// One visitor's browser window; remembers every request it made and everything it complained about.
final class Visit implements AutoCloseable {
    final URI node;
    private final NodeClient operator;
    private final BrowserContext context;
    private final Queue<String> addresses = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    final Page page;
    private String account = "operator";
    private boolean signedIn;

    /// @param operator whose account the visitor uses
    Visit(
            Browser browser,
            URI node,
            NodeClient operator,
            int width,
            int height,
            ColorScheme colours) {
        // By name, as its page for signing in calls it.
        this.node = URI.create(node.toString().replace("//127.0.0.1:", "//localhost:"));
        this.operator = operator;
        this.context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setColorScheme(colours));
        this.page = context.newPage();
        page.onRequest(request -> addresses.add(request.url()));
        page.onWebSocket(socket -> addresses.add(socket.url()));
        page.onPageError(complaints::add);
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) complaints.add(message.text());
                });
    }

    /// The visitor is somebody else than the operator.
    Visit as(String account) {
        this.account = account;
        return this;
    }

    /// Opens the console at a page such as `world`; the first time with a link that signs in.
    Page open(String at) {
        if (signedIn) {
            page.navigate(node + "/#/" + at);
        } else {
            signedIn = true;
            var then = URLEncoder.encode("/#/" + at, StandardCharsets.UTF_8);
            page.navigate(node + link().replace("#", "?then=" + then + "#"));
        }
        page.locator(".cover .who:text-is('" + account + "')").waitFor();
        return page;
    }

    private String link() {
        try {
            return operator.post("api/accounts/" + account + "/sign-in-links", Map.of())
                    .path("path")
                    .asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The one element, once it is there.
    Locator find(String selector) {
        var found = page.locator(selector);
        found.first().waitFor();
        return found;
    }

    /// Gives the browser an authenticator that keeps passkeys (WebAuthn section 11).
    void addAuthenticator() {
        Chromium.addAuthenticator(page);
    }

    /// What went wrong since the visit began.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void assertThatNothingLeftTheNode() {
        var stream = node.toString().replaceFirst("^http", "ws");
        assertThat(addresses)
                .allMatch(
                        address ->
                                address.startsWith(node + "/")
                                        || address.startsWith(stream + "/")
                                        || address.startsWith("blob:" + node + "/"));
    }

    @Override
    public void close() {
        context.close();
    }
}
