// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import org.carnet.node.access.ForeignIdentity;
import org.carnet.node.settings.Settings;

import java.time.Instant;
import java.util.Set;

/// What a provider said of a person, as far as this node believes it.
///
/// Who the person is, the provider alone knows. When and by what they proved it counts only where the operator trusts it
/// to say so: otherwise nothing does, and the session that follows is good for no dangerous act.
///
/// @param factors none if the provider's word on them does not count
/// @param since when the person proved it; now, if the word does not count
record Assertion(ForeignIdentity identity, Set<String> factors, Instant since) {
    Assertion {
        factors = Set.copyOf(factors);
    }

    static Assertion of(ProviderToken token, Settings.Provider provider, Instant now)
            throws Refused {
        var identity = token.identity();
        var said = token.authenticated();
        if (!provider.stepUp() || said.isEmpty() || !hasClass(token, provider)) {
            return new Assertion(identity, Set.of(), now);
        }
        var since = said.get().isAfter(now) ? now : said.get();
        return new Assertion(identity, token.factors(), since);
    }

    private static boolean hasClass(ProviderToken token, Settings.Provider provider) {
        return provider.acr().isEmpty()
                || provider.acr().get().equals(token.claims().getClaim("acr"));
    }
}
