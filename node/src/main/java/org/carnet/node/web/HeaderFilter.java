// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/// Tells browsers, on every answer, not to be talked into anything; what is computed is not kept by caches.
final class HeaderFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final String contentPolicy;

    HeaderFilter(String contentPolicy) {
        this.contentPolicy = contentPolicy;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", contentPolicy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        response.setHeader("Cache-Control", "no-store");
        chain.doFilter(request, response);
    }
}
