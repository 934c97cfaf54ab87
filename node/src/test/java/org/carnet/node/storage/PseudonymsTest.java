// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

class PseudonymsTest {
    /// Java gives these the same hash, so all fall on one place.
    private static final List<String> ALIKE = List.of("Aa", "BB", "C#");

    private final SubjectKey key = new SubjectKey(1, SubjectKey.generate(new SecureRandom()));
    private final Pseudonyms pseudonyms = new Pseudonyms();

    @Test
    void twoThatFallOnOnePlaceAreBothRemembered() {
        var first = pseudonyms.of(key, "Aa");
        var second = pseudonyms.of(key, "BB");
        assertThat(pseudonyms.of(key, "Aa")).isSameAs(first);
        assertThat(pseudonyms.of(key, "BB")).isSameAs(second);
    }

    @Test
    void whicheverAreRememberedEachIsTheRightOne() {
        for (int round = 0; round < 3; round++) {
            for (var identifier : ALIKE) {
                assertThat(pseudonyms.of(key, identifier)).isEqualTo(key.pseudonym(identifier));
            }
        }
    }

    @Test
    void bothAreForgottenWithTheirKey() {
        var first = pseudonyms.of(key, "Aa");
        var second = pseudonyms.of(key, "BB");
        pseudonyms.forget(Set.of(1L));
        assertThat(pseudonyms.of(key, "Aa")).isNotSameAs(first);
        assertThat(pseudonyms.of(key, "BB")).isNotSameAs(second);
    }
}
