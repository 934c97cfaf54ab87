// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Tells whether a request comes from a page of this node: browsers say so, and pages cannot make them say otherwise.
public final class SameOrigin {
    /// `none`: no page asked for it, the person did.
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private SameOrigin() {}

    /// Refuses what a browser sends for a page of another site; what a person opens by themselves passes, and so does a
    /// program that says nothing.
    ///
    /// @throws Problem if the request comes from elsewhere
    public static void refuseOthers(HttpServletRequest request) {
        if (!says(request).orElse(true)) throw foreign();
    }

    /// @throws Problem unless a browser says that the request comes from here
    public static void require(HttpServletRequest request) {
        if (!says(request).orElse(false)) throw foreign();
    }

    private static Optional<Boolean> says(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OURS.contains(site)) return Optional.of(false);
        var origin = request.getHeader("Origin");
        if (origin != null) return Optional.of(isHere(origin, request));
        return "same-origin".equals(site) ? Optional.of(true) : Optional.empty();
    }

    private static boolean isHere(String origin, HttpServletRequest request) {
        var host = request.getHeader("Host");
        if (host == null) return false;
        var authority = host.toLowerCase(Locale.ROOT);
        return origin.equals("https://" + authority)
                || (!request.isSecure() && origin.equals("http://" + authority));
    }

    private static Problem foreign() {
        return new Problem(
                ProblemType.FORBIDDEN, "This comes from a page that is not of this node.");
    }
}
