// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Asks a signature provider questions with known answers before anything is trusted to it.
final class SelfTest {
    private record Known(Algorithm algorithm, String secret, String message, String signature) {}

    /// RFC 8032 section 7.1 test 3, and RFC 6979 section A.2.5 with SHA-256 and `sample`.
    private static final Known[] ANSWERS = {
        new Known(
                Algorithm.ED25519,
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
        new Known(
                Algorithm.P256,
                "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
                HexFormat.of().formatHex("sample".getBytes(StandardCharsets.US_ASCII)),
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")
    };

    private SelfTest() {}

    static boolean passes(SignatureProvider provider) {
        for (var known : ANSWERS) {
            var hex = HexFormat.of();
            var secret = hex.parseHex(known.secret);
            var message = hex.parseHex(known.message);
            var good = hex.parseHex(known.signature);
            var publicKey = Curves.publicKey(known.algorithm, Bytes.unsafe(secret));
            var key = provider.decodePublic(DidKey.of(known.algorithm, publicKey), publicKey);
            var own =
                    provider.sign(
                            known.algorithm,
                            provider.decodeSecret(known.algorithm, secret),
                            message);
            if (!provider.verify(known.algorithm, key, message, good)) return false;
            if (!provider.verify(known.algorithm, key, message, own)) return false;
            for (int i : new int[] {0, 31, 32, 63}) {
                var bad = good.clone();
                bad[i] ^= 1;
                if (provider.verify(known.algorithm, key, message, bad)) return false;
            }
        }
        return passesMlDsa(provider);
    }

    /// What BouncyCastle signs must verify, and nothing else.
    private static boolean passesMlDsa(SignatureProvider provider) {
        var secret = MlDsaSigningKey.grown(Bytes.unsafe(new byte[MlDsaSigningKey.SEED_LENGTH]));
        var message = Bytes.utf8("sample");
        var good = MlDsaSigningKey.sign(secret, message);
        var key = MlDsaVerificationKey.of(Bytes.unsafe(secret.getPublicKey()), provider);
        if (!key.verify(message, good) || key.verify(Bytes.utf8("simple"), good)) return false;
        for (int i : new int[] {0, 32, MlDsaVerificationKey.SIGNATURE_LENGTH - 1}) {
            var bad = good.toArray();
            bad[i] ^= 1;
            if (key.verify(message, Bytes.unsafe(bad))) return false;
        }
        return true;
    }
}
