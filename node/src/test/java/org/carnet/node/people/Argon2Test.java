// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;

final class Argon2Test {
    /// From the reference implementation's own tests (phc-winner-argon2, test.c, Argon2id).
    @Test
    void theHashesOfTheReferenceImplementationAreUnderstood() {
        var known =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(Argon2.matches("password", known)).isTrue();
        assertThat(Argon2.matches("passwore", known)).isFalse();
    }

    @Test
    void everyHashHasASaltOfItsOwnAndBelongsToOnePassword() {
        var random = new SecureRandom();
        var hash = Argon2.hash("seven wet umbrellas", random);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(Argon2.hash("seven wet umbrellas", random)).isNotEqualTo(hash);
        assertThat(Argon2.matches("seven wet umbrellas", hash)).isTrue();
        assertThat(Argon2.matches("seven wet umbrella", hash)).isFalse();
        assertThatThrownBy(() -> Argon2.matches("x", hash.replace("2id", "2i")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
