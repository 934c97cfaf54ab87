// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.settings.Settings;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// The names under which passkeys are made and used here: the one that the settings say, and `localhost`.
///
/// A passkey is bound to a name, and browsers take no address of numbers for one (WebAuthn section 5.1.2).
final class Site {
    private final Optional<URI> said;

    Site(Settings settings) {
        this.said = settings.witness().url();
    }

    /// @param id the relying party, to which passkeys are bound; @param origin of the pages that may use them
    record Name(String id, String origin) {}

    /// @throws Problem if the browser calls this node by another name
    Name of(HttpServletRequest request) {
        var host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        var authority = host.toLowerCase(Locale.ROOT);
        if (said.isPresent() && authority.equals(said.get().getRawAuthority())) {
            return new Name(said.get().getHost(), said.get().getScheme() + "://" + authority);
        }
        var scheme = request.isSecure() ? "https" : "http";
        var port = request.getLocalPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        if (authority.equals("localhost:" + port) || (usual && authority.equals("localhost"))) {
            return new Name("localhost", scheme + "://" + authority);
        }
        throw new Problem(
                ProblemType.MALFORMED_REQUEST,
                "Passkeys belong to a name: call this node localhost, or by the name in its setting"
                        + " witness.url.");
    }
}
