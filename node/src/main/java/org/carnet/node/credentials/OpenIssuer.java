// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Authenticator;
import org.carnet.node.access.Caller;
import org.carnet.node.access.Role;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Lets everybody on this machine have credentials issued, without saying who they are.
///
/// The W3C suites cannot prove who asks. The setting `credentials.open-issuer` opens this on a node that is started for
/// them, and is refused on a node that others can reach.
final class OpenIssuer implements Authenticator {
    private static final Set<String> PATHS = Set.of("/credentials/issue", "/credentials/status");

    private final boolean open;
    private final InstantSource clock;

    OpenIssuer(boolean open, InstantSource clock) {
        this.open = open;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        if (!open) return Optional.empty();
        var from = InetAddress.ofLiteral(request.getRemoteAddr());
        if (!PATHS.contains(request.getServletPath()) || !from.isLoopbackAddress())
            return Optional.empty();
        return Optional.of(
                new Caller(
                        Caller.Kind.SERVICE,
                        "open-issuer",
                        Set.of(Role.OPERATOR),
                        Set.of(),
                        clock.instant()));
    }
}
