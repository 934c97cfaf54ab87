// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.time.Duration;
import java.util.Optional;

/// A cookie of this node. Scripts cannot read it, other sites do not send it with what they post, and over TLS no other
/// host or path can set it (`__Host-`).
///
/// Its name has the node's name in it, because browsers share cookies among the ports of one machine.
public final class SessionCookie {
    private final String name;

    public SessionCookie(String name) {
        this.name = name;
    }

    /// What the browser holds; empty if it holds none, or more than one.
    public Optional<String> in(HttpServletRequest request) {
        var cookies = request.getCookies();
        if (cookies == null) return Optional.empty();
        var wanted = name(request);
        Optional<String> found = Optional.empty();
        for (var cookie : cookies) {
            if (!cookie.getName().equals(wanted)) continue;
            if (found.isPresent()) return Optional.empty();
            found = Optional.of(cookie.getValue());
        }
        return found;
    }

    public void set(
            HttpServletRequest request,
            HttpServletResponse response,
            String value,
            Duration lifetime) {
        var cookie = new Cookie(name(request), value);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        cookie.setPath("/");
        cookie.setMaxAge(Math.toIntExact(lifetime.toSeconds()));
        response.addCookie(cookie);
    }

    public void clear(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, "", Duration.ZERO);
    }

    private String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + name : name;
    }
}
