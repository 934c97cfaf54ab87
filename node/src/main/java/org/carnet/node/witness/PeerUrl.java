// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/// The address of a platform: `https`, or `http` on loopback, and nothing that could mean more than a place.
final class PeerUrl {
    private PeerUrl() {}

    /// Without a slash at its end; empty if it is not such an address.
    static Optional<URI> parse(String text) {
        URI url;
        try {
            url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
        boolean plain =
                url.getHost() != null
                        && url.getRawUserInfo() == null
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null;
        if (!plain) return Optional.empty();
        boolean safe =
                "https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && isLoopback(url.getHost()));
        return safe ? Optional.of(url) : Optional.empty();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
