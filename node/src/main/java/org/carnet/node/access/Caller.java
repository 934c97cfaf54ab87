// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.ServletRequest;

import java.time.Instant;
import java.util.Set;

/// Who asks, as far as that was proven.
///
/// @param id what the party is known by here: the name of an account, the identifier of a client, a DID
/// @param roles what it was appointed to be
/// @param factors how it proved itself, as `amr` values (RFC 8176): `hwk`, `pwd`, `otp`, `pop`, …
/// @param since when it last proved itself
public record Caller(Kind kind, String id, Set<Role> roles, Set<String> factors, Instant since) {
    private static final String ATTRIBUTE = Caller.class.getName();

    /// The sorts of parties (FGMV-44 clause 8).
    public enum Kind {
        VISITOR,
        PERSON,
        SERVICE,
        THING,
        PLATFORM,
        PROCESSOR
    }

    /// Whoever proved nothing.
    public static final Caller VISITOR =
            new Caller(Kind.VISITOR, "", Set.of(), Set.of(), Instant.EPOCH);

    public Caller {
        roles = Set.copyOf(roles);
        factors = Set.copyOf(factors);
    }

    /// Who sent the request; a visitor until somebody else was proven.
    public static Caller of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : VISITOR;
    }

    void remember(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /// Names nobody.
    @Override
    public String toString() {
        return kind.toString();
    }
}
