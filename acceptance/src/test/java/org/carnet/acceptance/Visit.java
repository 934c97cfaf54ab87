// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// One visitor's browser window; remembers every request it made and everything it complained about.
final class Visit implements AutoCloseable {
    private final URI node;
    private final String token;
    private final BrowserContext context;
    private final Queue<String> addresses = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    final Page page;

    Visit(Browser browser, URI node, String token, int width, int height, ColorScheme colours) {
        this.node = node;
        this.token = token;
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

    /// Opens the console at a page such as `world`, with the token as the node prints it.
    Page open(String at) {
        page.navigate(node + "/#token=" + token + "&/" + at);
        page.locator(".brand strong:not(:text('a node'))").waitFor();
        return page;
    }

    /// The one element, once it is there.
    Locator find(String selector) {
        var found = page.locator(selector);
        found.first().waitFor();
        return found;
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
