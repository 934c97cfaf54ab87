// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/// Takes whoever presents the node's token for its administrator.
final class TokenAuthenticator implements Authenticator {
    private final BootstrapToken token;
    private final InstantSource clock;

    TokenAuthenticator(BootstrapToken token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        var presented = presented(request);
        if (presented.isEmpty()) return Optional.empty();
        if (!token.matches(presented.get())) {
            throw new Problem(ProblemType.UNAUTHORIZED, "This is not the node's token.");
        }
        return Optional.of(
                new Caller(
                        Caller.Kind.SERVICE,
                        "bootstrap",
                        Set.of(Role.ADMINISTRATOR, Role.OPERATOR),
                        Set.of(),
                        clock.instant()));
    }

    /// A browser cannot set a header on a WebSocket, so there the token comes as a subprotocol.
    private static Optional<String> presented(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        if (header != null) {
            return header.startsWith("Bearer ")
                    ? Optional.of(header.substring("Bearer ".length()))
                    : Optional.empty();
        }
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(protocols -> Arrays.stream(protocols.split(",")))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith("bearer."))
                .map(protocol -> protocol.substring("bearer.".length()))
                .findFirst();
    }
}
