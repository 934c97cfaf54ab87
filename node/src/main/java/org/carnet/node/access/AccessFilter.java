// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.problems.ProblemWriter;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/// Finds out who asks, and lets nobody pass to what is not open without having proved to be somebody.
final class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /// Shapes of a path that two programs could read in two ways; a guard must not guess.
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "//|;|\\\\|/\\.(?!well-known/)|%2f|%5c|%2e|%00|%3b|%25",
                    Pattern.CASE_INSENSITIVE);

    private final transient List<Authenticator> authenticators;

    /// @param authenticators asked in this order
    AccessFilter(List<Authenticator> authenticators) {
        this.authenticators = authenticators;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
                throw new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "The path can be read in more than one way.");
            }
            if (!open(request)) requireSomebody(request);
        } catch (Problem problem) {
            if (problem.type().equals(ProblemType.UNAUTHORIZED))
                response.setHeader("WWW-Authenticate", "Bearer realm=\"carnet\"");
            ProblemWriter.write(response, problem);
            return;
        }
        chain.doFilter(request, response);
    }

    private void requireSomebody(HttpServletRequest request) {
        for (var authenticator : authenticators) {
            var caller = authenticator.authenticate(request);
            if (caller.isPresent()) {
                caller.get().remember(request);
                return;
            }
        }
        throw new Problem(
                ProblemType.UNAUTHORIZED, "Send the node's token as Authorization: Bearer.");
    }

    private static boolean open(HttpServletRequest request) {
        var path = request.getServletPath();
        return OpenPaths.contain(path) || (path.equals("/metrics") && fromThisMachine(request));
    }

    private static boolean fromThisMachine(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
    }
}
