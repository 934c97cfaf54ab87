// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Resource;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.problems.ProblemWriter;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/// Finds out what is asked and who asks, and lets nobody pass whom the policies do not let.
final class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /// Shapes of a path that two programs could read in two ways; a guard must not guess.
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "//|;|\\\\|/\\.(?!well-known/)|%2f|%5c|%2e|%00|%3b|%25",
                    Pattern.CASE_INSENSITIVE);

    private final transient Routes routes;
    private final transient Gate gate;
    private final transient List<Authenticator> authenticators;

    /// @param authenticators asked in this order
    AccessFilter(Routes routes, Gate gate, List<Authenticator> authenticators) {
        this.routes = routes;
        this.gate = gate;
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
            decide(request);
        } catch (Problem problem) {
            if (problem.type().equals(ProblemType.UNAUTHORIZED))
                response.setHeader("WWW-Authenticate", "DPoP algs=\"ES256 EdDSA\"");
            if (problem.type().equals(ProblemType.METHOD_NOT_ALLOWED))
                response.setHeader(
                        "Allow", String.join(", ", routes.verbs(request.getServletPath())));
            ProblemWriter.write(response, problem);
            return;
        }
        chain.doFilter(request, response);
    }

    private void decide(HttpServletRequest request) {
        var path = request.getServletPath();
        var route = routes.find(request.getMethod(), path);
        boolean local = fromThisMachine(request);
        if (route.isPresent() && route.get().isPublic()) {
            if (gate.isOpen(route.get().action(), local)) return;
        }
        var caller = somebody(request);
        caller.remember(request);
        if (route.isEmpty()) throw noRoute(path);
        var what = route.get();
        // The handler asks by itself about what only it can know; the door to it is asked for here.
        if (what.finely() && !what.resource().equals(Resource.NODE.type())) return;
        var id = what.id(List.of(path.split("/", -1)));
        gate.require(
                caller,
                what.action(),
                id == null ? Resource.NODE : gate.resource(what.resource(), id),
                local ? Circumstances.LOCAL : Circumstances.REMOTE);
    }

    private Problem noRoute(String path) {
        if (routes.verbs(path).isEmpty())
            return new Problem(ProblemType.NOT_FOUND, "No resource has this path.");
        return new Problem(
                ProblemType.METHOD_NOT_ALLOWED, "The method is not one that this path answers to.");
    }

    private Caller somebody(HttpServletRequest request) {
        for (var authenticator : authenticators) {
            var caller = authenticator.authenticate(request);
            if (caller.isPresent()) return caller.get();
        }
        throw new Problem(
                ProblemType.UNAUTHORIZED,
                "Sign in, or send an access token as Authorization: DPoP.");
    }

    private static boolean fromThisMachine(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
    }
}
