// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.SecureRandom;

class KeyFileTest {
    /// RFC 8037 appendix A.1.
    private static final String PUBLISHED =
            """
            {"kty":"OKP","crv":"Ed25519",
             "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
             "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
            """;

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aKeyComesBackFromItsFile(Algorithm algorithm) {
        var key = SigningKey.generate(algorithm, new SecureRandom());
        var back = KeyFile.read(KeyFile.write(key));
        assertThat(back.did()).isEqualTo(key.did());
        var message = new byte[] {1, 2, 3};
        assertThat(VerificationKey.of(key.did()).verify(message, back.sign(message))).isTrue();
    }

    @Test
    void aPublishedKeyIsRead() {
        assertThat(KeyFile.read(PUBLISHED).did().publicKey().toHex())
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"crv\":\"Ed25519\"}",
                "{\"crv\":\"secp256k1\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}"
            })
    void whatIsNoKeyFileIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.read(json));
    }

    @Test
    void aPublicHalfOfAnotherKeyIsRefused() {
        var other = PUBLISHED.replace("11qYAY", "11qYAZ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFile.read(other))
                .withMessageEndingWith("do not belong together");
    }

    @Test
    void theTextOfAKeyKeepsItsSecret() {
        var key = KeyFile.read(PUBLISHED);
        assertThat(key.toString()).isEqualTo("key of " + key.did());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFile.read(PUBLISHED + "nWGxne"))
                .satisfies(e -> assertThat(e).hasNoCause())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("nWGxne"));
    }
}
