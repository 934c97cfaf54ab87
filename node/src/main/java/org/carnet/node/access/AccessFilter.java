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
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lets nobody pass to what is not open without the node's token, streams included.
final class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /// Shapes of a path that two programs could read in two ways; a guard must not guess.
    private static final Pattern AMBIGUOUS =
            Pattern.compile("//|;|\\\\|/\\.|%2f|%5c|%2e|%00|%3b|%25", Pattern.CASE_INSENSITIVE);

    private final transient BootstrapToken token;

    AccessFilter(BootstrapToken token) {
        this.token = token;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
            ProblemWriter.write(
                    response,
                    new Problem(
                            ProblemType.MALFORMED_REQUEST,
                            "The path can be read in more than one way."));
        } else if (open(request) || presented(request).filter(token::matches).isPresent()) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"carnet\"");
            ProblemWriter.write(
                    response,
                    new Problem(
                            ProblemType.UNAUTHORIZED,
                            "Send the node's token as Authorization: Bearer."));
        }
    }

    private static boolean open(HttpServletRequest request) {
        var path = request.getServletPath();
        return OpenPaths.contain(path) || (path.equals("/metrics") && fromThisMachine(request));
    }

    private static boolean fromThisMachine(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
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
