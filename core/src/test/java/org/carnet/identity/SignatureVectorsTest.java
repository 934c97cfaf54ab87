// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.Wycheproof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// Every signature provider gives the published verdicts, so it does not matter to a verdict which one is active.
class SignatureVectorsTest {
    static List<SignatureProvider> providers() {
        return SignatureProvider.all();
    }

    @Test
    void allFourProvidersWorkHere() {
        assertThat(providers())
                .extracting(SignatureProvider::name)
                .contains("Conscrypt", "BouncyCastle", "JDK");
        assertThat(SignatureProvider.active().name()).isEqualTo(providers().getFirst().name());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void ed25519VerdictsAreThePublishedOnes(SignatureProvider provider) {
        Wycheproof.agree(
                "ed25519_test.json",
                c -> {
                    var key = Bytes.hex(c.group().get("publicKey").get("pk").asString());
                    return verifies(provider, Algorithm.ED25519, key, c, c.bytes("sig"));
                });
    }

    @ParameterizedTest
    @MethodSource("providers")
    void p256VerdictsAreThePublishedOnes(SignatureProvider provider) {
        Wycheproof.agree(
                "ecdsa_secp256r1_sha256_p1363_test.json",
                c -> verifies(provider, Algorithm.P256, p256(c), c, c.bytes("sig")));
    }

    /// DER never travels in Carnet; the providers speak it, and what they say is converted strictly.
    @ParameterizedTest
    @MethodSource("providers")
    void p256VerdictsOnDerAreThePublishedOnes(SignatureProvider provider) {
        Wycheproof.agree(
                "ecdsa_secp256r1_sha256_test.json",
                c -> {
                    var raw = EcdsaDer.decode(c.bytes("sig"));
                    return raw != null && verifies(provider, Algorithm.P256, p256(c), c, raw);
                });
    }

    private static Bytes p256(Wycheproof.Case c) {
        var point = Bytes.hex(c.group().get("publicKey").get("uncompressed").asString());
        var compressed = point.slice(0, 33).toArray();
        compressed[0] = (byte) (2 + (point.at(64) & 1));
        return Bytes.copyOf(compressed);
    }

    private static boolean verifies(
            SignatureProvider provider, Algorithm a, Bytes key, Wycheproof.Case c, byte[] sig) {
        return VerificationKey.of(DidKey.of(a, key), provider).verify(c.bytes("msg"), sig);
    }
}
