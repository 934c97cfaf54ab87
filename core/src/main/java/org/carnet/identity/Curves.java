// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.carnet.Bytes;

import java.math.BigInteger;

/// The arithmetic of the two curves that the signature providers keep to themselves.
final class Curves {
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");

    private Curves() {}

    /// Refuses bytes that are no point, and the few Ed25519 points for which anybody can forge signatures.
    static void requireUsable(Algorithm algorithm, byte[] publicKey) {
        switch (algorithm) {
            case ED25519 -> {
                if (publicKey.length != 32 || !Ed25519.validatePublicKeyPartial(publicKey, 0))
                    throw new IllegalArgumentException("the Ed25519 key is not a usable point");
            }
            case P256 -> uncompressed(publicKey);
        }
    }

    /// The 65 bytes `04 x y` of a compressed P-256 point.
    static byte[] uncompressed(byte[] compressed) {
        try {
            return point(compressed).getEncoded(false);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the P-256 key is not a point of the curve", e);
        }
    }

    private static ECPoint point(byte[] compressed) {
        if (compressed.length != 33) throw new IllegalArgumentException("not 33 bytes");
        return P256.getCurve().decodePoint(compressed);
    }

    /// The public key of a secret of 32 bytes.
    static Bytes publicKey(Algorithm algorithm, Bytes secret) {
        if (secret.length() != 32)
            throw new IllegalArgumentException("a secret key has 32 bytes, not " + secret.length());
        return switch (algorithm) {
            case ED25519 ->
                    Bytes.unsafe(
                            new Ed25519PrivateKeyParameters(secret.toArray())
                                    .generatePublicKey()
                                    .getEncoded());
            case P256 -> {
                if (!isP256Scalar(secret.unsafeArray()))
                    throw new IllegalArgumentException("the secret is not a P-256 scalar");
                var scalar = new BigInteger(1, secret.unsafeArray());
                yield Bytes.unsafe(P256.getG().multiply(scalar).normalize().getEncoded(true));
            }
        };
    }

    static boolean isP256Scalar(byte[] secret) {
        var scalar = new BigInteger(1, secret);
        return scalar.signum() > 0 && scalar.compareTo(P256.getN()) < 0;
    }
}
