// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.access.BrowserSessions;
import org.carnet.node.access.Caller;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemWriter;
import org.springframework.security.core.context.SecurityContextHolder;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds the person whose browser came, by the session that every page of the node uses.
///
/// What a client asks for may come from any site, and gives nothing yet. A consent gives something, so it must come from
/// this node's own page and prove it.
final class PersonFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    static final String AUTHORIZE = "/oauth2/authorize";
    private static final String LOGOUT = "/connect/logout";

    private final transient BrowserSessions browsers;

    PersonFilter(BrowserSessions browsers) {
        this.browsers = browsers;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isPosted(request)) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", AUTHORIZE + "?" + query(request));
            return;
        }
        try {
            person(request)
                    .ifPresent(
                            caller ->
                                    SecurityContextHolder.getContext()
                                            .setAuthentication(Person.of(caller)));
        } catch (Problem problem) {
            ProblemWriter.write(response, problem);
            return;
        }
        chain.doFilter(request, response);
    }

    /// A client may have a browser post what it asks for, which carries no session: it comes again without a body.
    private static boolean isPosted(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && request.getRequestURI().equals(AUTHORIZE)
                && (request.getParameter("response_type") != null
                        || request.getParameter("request_uri") != null);
    }

    private static String query(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .flatMap(
                        one ->
                                Arrays.stream(one.getValue())
                                        .map(value -> encode(one.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Optional<Caller> person(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (path.equals(LOGOUT)) return browsers.who(request);
        if (!path.equals(AUTHORIZE)) return Optional.empty();
        return request.getMethod().equals("GET") ? browsers.who(request) : browsers.acting(request);
    }
}
