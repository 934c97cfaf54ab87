// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.jspecify.annotations.Nullable;

/// What whoever verifies wants of a proof.
///
/// @param purpose what it has to be made for
/// @param domain for whom it has to be made; null takes any
/// @param challenge what it has to be signed over; null takes any
public record ProofExpectation(
        String purpose, @Nullable String domain, @Nullable String challenge) {
    /// A statement, made to nobody in particular.
    public static final ProofExpectation ASSERTION =
            new ProofExpectation(ProofOptions.ASSERTION, null, null);

    void check(Proof proof) throws Flawed {
        if (!proof.purpose().equals(purpose))
            throw new Flawed(
                    Flaw.WRONG_PURPOSE,
                    "the proof was made for " + proof.purpose() + ", not " + purpose);
        if (domain != null && !proof.domains().contains(domain))
            throw new Flawed(
                    Flaw.WRONG_DOMAIN, "the proof was not made for the domain that was asked for");
        if (challenge != null && !challenge.equals(proof.challenge()))
            throw new Flawed(
                    Flaw.WRONG_CHALLENGE,
                    "the proof does not cover the challenge that was asked for");
    }
}
