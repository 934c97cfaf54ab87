// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.Wycheproof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;

class MlDsaTest {
    private static final Bytes MESSAGE = Bytes.utf8("a tree of so many leaves");

    private final MlDsaSigningKey key =
            MlDsaSigningKey.of(Bytes.utf8("0123456789abcdef0123456789abcdef"));

    static List<SignatureProvider> providers() {
        return SignatureProvider.all();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void verdictsAreThePublishedOnes(SignatureProvider provider) {
        Wycheproof.agree(
                "mldsa_44_verify_test.json",
                c -> {
                    var publicKey = Bytes.hex(c.group().get("publicKey").asString());
                    if (publicKey.length() != MlDsaVerificationKey.LENGTH) return false;
                    return MlDsaVerificationKey.of(publicKey, provider)
                            .verify(Bytes.unsafe(c.bytes("msg")), Bytes.unsafe(c.bytes("sig")));
                });
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatIsSignedHereIsVerifiedByEveryProvider(SignatureProvider provider) {
        var verification = MlDsaVerificationKey.of(key.verification().publicKey(), provider);
        var signature = key.sign(MESSAGE);
        assertThat(verification.verify(MESSAGE, signature)).isTrue();
        assertThat(verification.verify(Bytes.utf8("another tree"), signature)).isFalse();
        assertThat(verification.verify(MESSAGE, signature.slice(0, 2419))).isFalse();
        var other = MlDsaSigningKey.of(Bytes.unsafe(new byte[32])).verification();
        assertThat(other.verify(MESSAGE, signature)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatTheJdkSignsIsVerifiedByEveryProvider(SignatureProvider provider)
            throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("ML-DSA-44", "SUN").generateKeyPair();
        var signer = Signature.getInstance("ML-DSA", "SUN");
        signer.initSign(pair.getPrivate(), new SecureRandom());
        signer.update(MESSAGE.toArray());
        var signature = Bytes.unsafe(signer.sign());
        var spki = Bytes.unsafe(pair.getPublic().getEncoded());
        var raw = spki.slice(spki.length() - MlDsaVerificationKey.LENGTH, spki.length());
        assertThat(MlDsaVerificationKey.of(raw, provider).verify(MESSAGE, signature)).isTrue();
    }

    @Test
    void oneSeedGivesOneKeyAndOneMessageOneSignature() {
        var again = MlDsaSigningKey.of(Bytes.utf8("0123456789abcdef0123456789abcdef"));
        assertThat(again.verification().publicKey()).isEqualTo(key.verification().publicKey());
        assertThat(again.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
        assertThatThrownBy(() -> MlDsaSigningKey.of(Bytes.unsafe(new byte[31])))
                .hasMessageContaining("32 bytes");
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> MlDsaVerificationKey.of(Bytes.unsafe(new byte[1311])))
                .hasMessage("an ML-DSA-44 key has 1312 bytes, not 1311");
    }
}
