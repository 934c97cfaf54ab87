// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a page of this node may load: what this node serves, and nothing that stands inside a page.
///
/// The one exception is the import map of the console, which browsers read inside the page only; it is let in by
/// its hash.
final class ContentPolicy {
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private ContentPolicy() {}

    static String of(String page) {
        var maps =
                IMPORT_MAP
                        .matcher(page)
                        .results()
                        .map(map -> " 'sha256-" + sha256(map.group(1)) + "'")
                        .collect(Collectors.joining());
        return "default-src 'none'; script-src 'self'"
                + maps
                + "; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src"
                + " 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// The policy for the console's page, if this node has one.
    static String ofConsole() {
        try (var page = ContentPolicy.class.getResourceAsStream("/static/index.html")) {
            return of(page == null ? "" : new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the console's page cannot be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
