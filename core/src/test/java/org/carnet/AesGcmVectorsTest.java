// SPDX-License-Identifier: Apache-2.0
package org.carnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.Collectors;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The cipher that seals records is the JDK's, with nonces of 96 bits and tags of 128; other sizes are never used.
class AesGcmVectorsTest {
    @Test
    void theJdkOpensAndSealsAsPublished() {
        Wycheproof.agree(
                "aes_gcm_test.json",
                c -> isOurSize(c) ? opensAndSeals(c) : c.text("result").equals("valid"));
    }

    /// Of the 316 cases, 119 have a nonce that no record of ours can have; tags are 128 bits in all of them.
    @Test
    void allButTheForeignNonceSizesAreJudged() {
        var sizes =
                Wycheproof.cases("aes_gcm_test.json").stream()
                        .collect(Collectors.partitioningBy(AesGcmVectorsTest::isOurSize));
        assertThat(sizes.get(true)).hasSize(197);
        assertThat(sizes.get(false))
                .hasSize(119)
                .allMatch(c -> c.group().get("tagSize").asInt() == 128);
    }

    private static boolean isOurSize(Wycheproof.Case c) {
        return c.group().get("ivSize").asInt() == 96 && c.group().get("tagSize").asInt() == 128;
    }

    private static boolean opensAndSeals(Wycheproof.Case c) {
        var message = c.bytes("msg");
        var sealed = Bytes.hex(c.text("ct") + c.text("tag")).toArray();
        try {
            return Arrays.equals(run(Cipher.DECRYPT_MODE, c, sealed), message)
                    && Arrays.equals(run(Cipher.ENCRYPT_MODE, c, message), sealed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] run(int mode, Wycheproof.Case c, byte[] input)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(c.bytes("key"), "AES"),
                new GCMParameterSpec(128, c.bytes("iv")));
        cipher.updateAAD(c.bytes("aad"));
        return cipher.doFinal(input);
    }
}
