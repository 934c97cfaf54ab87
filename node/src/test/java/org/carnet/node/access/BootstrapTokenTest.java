// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

final class BootstrapTokenTest {
    @Test
    void theTokenEnrolsOneAdministratorAndIsVoidForEver(@TempDir Path keys) throws Exception {
        var token = BootstrapToken.open(keys);
        var secret = token.fresh().orElseThrow();
        assertThat(token.spend("A" + secret, () -> Optional.of("thief"))).isEmpty();
        assertThat(token.spend(secret, Optional::empty)).isEmpty();
        assertThat(token.spend(secret, () -> Optional.of("alice"))).contains("alice");
        assertThat(token.spend(secret, () -> Optional.of("bob"))).isEmpty();
        assertThat(token.matches(secret)).isFalse();
        assertThat(token.matches("")).isFalse();

        var later = BootstrapToken.open(keys);
        assertThat(later.fresh()).isEmpty();
        assertThat(later.spend(secret, () -> Optional.of("bob"))).isEmpty();
    }
}
