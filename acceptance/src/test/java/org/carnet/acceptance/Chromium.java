// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The system's browser, for visits.
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        assertThat(PROGRAM).as("Debian's package chromium").isExecutable();
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(PROGRAM)
                                        .setArgs(List.of("--no-sandbox")));
    }

    Browser browser() {
        return browser;
    }

    /// Keeps a picture of the whole page.
    static void photograph(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(name + ".png"))
                        .setFullPage(true));
    }

    /// Keeps pictures of the page in all its dresses, each of which must fit its window.
    static void show(Page page, String name) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1280, 390}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                page.setViewportSize(width, 850);
                var dress = "%s-%d".formatted(colours.name().toLowerCase(Locale.ROOT), width);
                photograph(page, name + "-" + dress);
                var wide = (int) page.evaluate("() => document.documentElement.scrollWidth");
                assertThat(wide).as("width of " + name).isCloseTo(width, within(0));
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(1280, 850);
    }

    /// A virtual one (WebAuthn section 11), which says yes to everything.
    static void addAuthenticator(Page page) {
        var devices = page.context().newCDPSession(page);
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

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
