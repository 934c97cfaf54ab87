// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.Bytes;
import org.carnet.jose.Jws;
import org.carnet.node.access.OwnOrigins;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.problems.ProblemWriter;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets nothing reach the provider that is not for this node by name, or that shows a token which has more than one
/// text: the libraries behind it would take a signature with stray characters in it for the signed one.
final class OwnAddressFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final List<String> TOKENS = List.of("client_assertion", "id_token_hint");

    private final transient OwnOrigins origins;

    OwnAddressFilter(OwnOrigins origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            var origin = origins.require(request);
            for (var proof : Collections.list(request.getHeaders("DPoP"))) requireStrict(proof);
            for (var name : TOKENS) requireStrict(request.getParameter(name));
            if (request.getParameter("request") != null) {
                throw new Problem(
                        ProblemType.MALFORMED_REQUEST, "Request objects are not taken here.");
            }
            chain.doFilter(new Named(request, origin, said(request)), response);
        } catch (Problem problem) {
            ProblemWriter.write(response, problem);
        }
    }

    /// What the request's form says, with the client that a client assertion is of: it need not be said twice (RFC 7521
    /// section 4.2).
    private static Map<String, String[]> said(HttpServletRequest request) {
        var assertion = request.getParameter("client_assertion");
        var said = request.getParameterMap();
        if (assertion == null || said.containsKey("client_id")) return said;
        try {
            var complete = new LinkedHashMap<>(said);
            complete.put("client_id", new String[] {SignedToken.parse(assertion).text("sub")});
            return complete;
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "The client assertion is no JSON Web Token.");
        }
    }

    private static void requireStrict(@Nullable String token) {
        if (token == null) return;
        try {
            Jws.parse(Bytes.utf8(token));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "A token of the request has not one text only.");
        }
    }

    /// The request under the address that the node goes by, which a proxy before it may hide.
    private static final class Named extends HttpServletRequestWrapper {
        private final URI origin;
        private final Map<String, String[]> said;

        Named(HttpServletRequest request, URI origin, Map<String, String[]> said) {
            super(request);
            this.origin = origin;
            this.said = said;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return said;
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return said.get(name);
        }

        @Override
        public @Nullable String getParameter(String name) {
            var values = said.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(said.keySet());
        }

        @Override
        public String getScheme() {
            return origin.getScheme();
        }

        @Override
        public String getServerName() {
            return origin.getHost();
        }

        @Override
        public int getServerPort() {
            if (origin.getPort() >= 0) return origin.getPort();
            return isSecure() ? 443 : 80;
        }

        @Override
        public boolean isSecure() {
            return getScheme().equals("https");
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(origin + getRequestURI());
        }
    }
}
