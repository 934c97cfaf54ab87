// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a client may have people sent back to: to what was registered, letter by letter (RFC 9700 section 2.1).
///
/// A program on the person's own machine does not know its port beforehand, so for a public client the port of a
/// loopback address may differ, and nothing else (RFC 8252 section 7.3).
final class RedirectUris {
    private static final int LONGEST = 500;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e&&[^\"<>\\\\^`{|}*#]]+");
    private static final Pattern OF_THIS_MACHINE =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::\\d{1,5})?((?:[/?].*)?)");

    private RedirectUris() {}

    /// Whether people may be sent to an address that a client asks for.
    ///
    /// @param isPublic whether the client is a program without secrets
    static boolean allow(Collection<String> registered, String asked, boolean isPublic) {
        if (registered.contains(asked)) return true;
        return isPublic
                && isWellFormed(asked)
                && OF_THIS_MACHINE.matcher(asked).matches()
                && registered.stream()
                        .filter(known -> OF_THIS_MACHINE.matcher(known).matches())
                        .anyMatch(known -> withoutPort(known).equals(withoutPort(asked)));
    }

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    static void require(String text) {
        if (!isWellFormed(text)) throw unfit(text);
        var uri = URI.create(text);
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var ok =
                switch (scheme) {
                    case "https" -> uri.getHost() != null;
                    case "http" -> LOOPBACK.contains(String.valueOf(uri.getHost()));
                    // A scheme of the program's own, by a name that its maker holds (RFC 8252
                    // section 7.1).
                    default -> scheme.contains(".") && uri.getRawAuthority() == null;
                };
        if (!ok) throw unfit(text);
    }

    /// The host that all of them share, by which subjects are told apart (OpenID Connect Core section 8.1); empty for
    /// programs on the person's machine, which share it with everybody's.
    static String sector(Collection<String> uris) {
        var hosts = uris.stream().map(RedirectUris::host).distinct().toList();
        return hosts.size() == 1 ? hosts.getFirst() : "";
    }

    private static String host(String text) {
        var host = URI.create(text).getHost();
        return host == null || LOOPBACK.contains(host) ? "" : host.toLowerCase(Locale.ROOT);
    }

    private static boolean isWellFormed(String text) {
        if (text.length() > LONGEST || !TEXT.matcher(text).matches()) return false;
        try {
            var uri = new URI(text);
            return uri.isAbsolute()
                    && uri.getRawUserInfo() == null
                    && uri.normalize().equals(uri)
                    && (uri.getHost() != null || uri.getRawAuthority() == null);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutPort(String text) {
        var parts = OF_THIS_MACHINE.matcher(text);
        return parts.matches() ? parts.group(1) + parts.group(2) : text;
    }

    private static IllegalArgumentException unfit(String text) {
        return new IllegalArgumentException(
                "\""
                        + text
                        + "\" is no address to send people back to: https, http on this machine, or"
                        + " a scheme with a dot, without user, fragment and dots in the path");
    }
}
