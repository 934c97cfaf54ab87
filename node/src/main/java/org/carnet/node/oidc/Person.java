// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.node.access.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A person who is signed in, as Spring Security carries one: the account by its name, and how and when it was proven.
final class Person {
    private static final String FACTOR = "amr:";
    private static final String PERSON = "person";

    private Person() {}

    static Authentication of(Caller caller) {
        var proofs =
                Stream.concat(
                                Stream.of(PERSON),
                                caller.factors().stream().sorted().map(FACTOR::concat))
                        .map(
                                proof ->
                                        FactorGrantedAuthority.withAuthority(proof)
                                                .issuedAt(caller.since())
                                                .build())
                        .toList();
        return UsernamePasswordAuthenticationToken.authenticated(caller.id(), null, proofs);
    }

    /// Whether it is a person, and not nobody or a client.
    static boolean is(@Nullable Authentication authentication) {
        return authentication != null
                && authentication.getAuthorities().stream()
                        .anyMatch(authority -> PERSON.equals(authority.getAuthority()));
    }

    /// How the person proved who they are, as `amr` values (RFC 8176).
    static Set<String> factors(Authentication person) {
        return person.getAuthorities().stream()
                .map(authority -> String.valueOf(authority.getAuthority()))
                .filter(authority -> authority.startsWith(FACTOR))
                .map(authority -> authority.substring(FACTOR.length()))
                .collect(Collectors.toSet());
    }

    /// When the person last did.
    static Instant since(Authentication person) {
        return person.getAuthorities().stream()
                .filter(FactorGrantedAuthority.class::isInstance)
                .map(authority -> ((FactorGrantedAuthority) authority).getIssuedAt())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
