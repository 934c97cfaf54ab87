// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.settings.Settings;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The addresses that are this node's own: the one that its settings say, and where it listens.
///
/// Tokens, assertions and proofs are made for an address, and that is what keeps one node from using at another what it
/// was shown. So a request is believed to be for this node only if the name it uses is one of these; what its `Host`
/// says alone proves nothing.
public final class OwnOrigins {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable URI said;
    private final boolean loopback;

    public OwnOrigins(Settings settings) {
        this.said = settings.witness().url().orElse(null);
        this.loopback = settings.http().loopback();
    }

    /// The address by which the request calls this node, without a slash at its end; it is an issuer (RFC 8414).
    public Optional<URI> of(HttpServletRequest request) {
        var host = request.getHeader("Host");
        if (host == null) return Optional.empty();
        var name = host.toLowerCase(Locale.ROOT);
        if (said != null && name.equals(said.getRawAuthority())) return Optional.of(said);
        var scheme = request.isSecure() ? "https" : "http";
        for (var own : isHere(request) ? LOOPBACK : Set.of(literal(request))) {
            var authority = own + ":" + request.getLocalPort();
            var isUsual = request.getLocalPort() == (request.isSecure() ? 443 : 80);
            if (name.equals(authority) || (isUsual && name.equals(own))) {
                return Optional.of(URI.create(scheme + "://" + name));
            }
        }
        return Optional.empty();
    }

    /// @throws Problem if the request calls this node by no name of its own
    public URI require(HttpServletRequest request) {
        return of(request)
                .orElseThrow(
                        () ->
                                new Problem(
                                        ProblemType.MALFORMED_REQUEST,
                                        "This node is not known by the name that the request uses;"
                                                + " its setting witness.url names it."));
    }

    private boolean isHere(HttpServletRequest request) {
        return loopback || InetAddress.ofLiteral(request.getLocalAddr()).isLoopbackAddress();
    }

    private static String literal(HttpServletRequest request) {
        var address = request.getLocalAddr();
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
