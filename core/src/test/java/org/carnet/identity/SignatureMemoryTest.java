// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;

import java.util.Random;

/// Remembering changes no answer.
class SignatureMemoryTest {
    private static final SigningKey ONE = key(1);
    private static final SigningKey OTHER = key(2);

    private static SigningKey key(int seed) {
        var secret = new byte[32];
        secret[3] = (byte) seed;
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(secret));
    }

    @Test
    void whatHeldForOneKeyMessageAndSignatureHoldsForNoOther() {
        var memory = new SignatureMemory(100);
        var key = memory.key(ONE.did());
        var message = Bytes.utf8("message").toArray();
        var signature = ONE.sign(message);
        for (int i = 0; i < 3; i++) {
            assertThat(key.verify(message, signature)).isTrue();
            assertThat(key.verify(Bytes.utf8("massage").toArray(), signature)).isFalse();
            assertThat(memory.key(OTHER.did()).verify(message, signature)).isFalse();
            for (int at = 0; at < signature.length; at += 7) {
                var bent = signature.clone();
                bent[at] ^= 1;
                assertThat(key.verify(message, bent)).isFalse();
            }
            assertThat(key.verify(message, new byte[0])).isFalse();
        }
    }

    @Test
    void aKeyIsDecodedOnceAndABadOneNever() {
        var memory = new SignatureMemory(100);
        assertThat(memory.key(ONE.did())).isSameAs(memory.key(ONE.did()));
        var zero = new byte[34];
        zero[0] = (byte) 0xed;
        zero[1] = 1;
        var bad = new DidKey("did:key:z" + Base58.encode(zero));
        for (int i = 0; i < 2; i++)
            assertThatThrownBy(() -> memory.key(bad)).isInstanceOf(IllegalArgumentException.class);
    }

    /// However much comes, and in whatever order, the answers are those of a key without memory.
    @Test
    void aSmallMemoryAnswersAsAKeyWithoutOne() {
        var memory = new SignatureMemory(4);
        var random = new Random(11);
        var plain = VerificationKey.of(ONE.did());
        for (int i = 0; i < 300; i++) {
            var message = new byte[] {(byte) random.nextInt(12)};
            var signature = (random.nextBoolean() ? ONE : OTHER).sign(message);
            assertThat(memory.key(ONE.did()).verify(message, signature))
                    .isEqualTo(plain.verify(message, signature));
        }
    }
}
