// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How well a person proved who they are, as `acr` of tokens; each level is worth those before it too.
enum SignInLevel {
    /// With one thing: a link or a recovery code, good once.
    SFA,
    /// With two: a password and a code of the moment.
    MFA,
    /// With a passkey, which no other site can ask for (`phr` of OpenID's EAP ACR Values).
    PHR;

    /// @param factors as `amr` values (RFC 8176)
    static SignInLevel of(Set<String> factors) {
        if (factors.contains("hwk") && factors.contains("user")) return PHR;
        return factors.contains("mfa") ? MFA : SFA;
    }

    String acr() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> all() {
        return Arrays.stream(values()).map(SignInLevel::acr).toList();
    }

    /// The least that would do; empty if nothing is asked for that this node knows.
    static Optional<SignInLevel> least(String acrValues) {
        var asked = Arrays.asList(acrValues.split(" "));
        return Arrays.stream(values()).filter(level -> asked.contains(level.acr())).findFirst();
    }
}
