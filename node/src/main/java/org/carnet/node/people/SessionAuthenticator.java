// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.node.access.Authenticator;
import org.carnet.node.access.Caller;
import org.carnet.node.access.SameOrigin;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/// Finds the person whose browser sent the request.
///
/// A browser sends its cookie for whoever asks it to. So what changes something must come from a page of this node and
/// carry, in `X-Carnet-Csrf`, what only such a page can have read; and so must a WebSocket come from one, which browsers
/// open to any site.
final class SessionAuthenticator implements Authenticator {
    static final String HEADER = "X-Carnet-Csrf";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Sessions sessions;

    SessionAuthenticator(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        if (request.getHeader("Authorization") != null) return Optional.empty();
        var session = sessions.find(request);
        if (session.isEmpty()) return Optional.empty();
        if (!SAFE.contains(request.getMethod())) {
            SameOrigin.require(request);
            requireProof(request);
        } else if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            SameOrigin.require(request);
        }
        return session.map(Session::caller);
    }

    private void requireProof(HttpServletRequest request) {
        var given = request.getHeader(HEADER);
        var wanted = sessions.secret(request).map(Secret::proof).orElse("");
        if (given == null || !equal(given, wanted)) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "A browser's request that changes something carries " + HEADER + ".");
        }
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                Bytes.utf8(one).unsafeArray(), Bytes.utf8(other).unsafeArray());
    }
}
