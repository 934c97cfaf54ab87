// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import java.util.List;
import java.util.Set;

/// What is served without a token: pages and documents, the log for its auditors, and what proves by itself
/// who sends it: updates, and the objects of guests.
///
/// A path that is not named here is guarded, so a new one is closed until somebody decides otherwise.
public final class OpenPaths {
    private static final Set<String> EXACT =
            Set.of(
                    "/",
                    "/index.html",
                    "/favicon.ico",
                    "/favicon.svg",
                    "/updates",
                    "/updates/stream",
                    "/checkpoint",
                    "/checkpoint.witnessed",
                    "/log.vkey",
                    "/anchors",
                    "/log/acks",
                    "/witness.vkey",
                    "/openapi.json",
                    "/openapi.yaml",
                    "/asyncapi.json",
                    "/asyncapi.yaml",
                    "/docs",
                    "/problems",
                    "/health",
                    "/health/ready",
                    "/userinfo",
                    "/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server",
                    "/api/enrolment");

    private static final List<String> BELOW =
            List.of(
                    "/console/",
                    "/vendor/",
                    "/webjars/",
                    "/docs/",
                    "/problems/",
                    "/tile/",
                    "/hosted/",
                    "/witness/",
                    "/oauth2/",
                    "/connect/",
                    "/mirror/");

    private OpenPaths() {}

    public static boolean contain(String path) {
        return EXACT.contains(path) || BELOW.stream().anyMatch(path::startsWith);
    }
}
