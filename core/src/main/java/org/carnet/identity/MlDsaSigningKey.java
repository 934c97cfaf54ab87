// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.carnet.Bytes;

/// A secret ML-DSA-44 key (FIPS 204), grown from a seed of 32 bytes.
///
/// The seed is the ξ of algorithm 6 of FIPS 204, so every implementation grows the same key from it. Signatures are those
/// of the deterministic variant (section 3.4): one message has one signature, and no randomness is needed to sign. The
/// context string is empty. Keys of JDK 25 cannot be made from a seed without feigning a source of randomness, so
/// BouncyCastle makes and uses the secret half; every provider verifies.
public final class MlDsaSigningKey {
    public static final int SEED_LENGTH = 32;

    private final MLDSAPrivateKeyParameters key;
    private final MlDsaVerificationKey verification;

    private MlDsaSigningKey(MLDSAPrivateKeyParameters key) {
        this.key = key;
        this.verification = MlDsaVerificationKey.of(Bytes.unsafe(key.getPublicKey()));
    }

    /// @throws IllegalArgumentException if the seed does not have 32 bytes
    public static MlDsaSigningKey of(Bytes seed) {
        return new MlDsaSigningKey(grown(seed));
    }

    static MLDSAPrivateKeyParameters grown(Bytes seed) {
        if (seed.length() != SEED_LENGTH) {
            throw new IllegalArgumentException("the seed of an ML-DSA key has 32 bytes");
        }
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed.toArray());
    }

    /// The public half.
    public MlDsaVerificationKey verification() {
        return verification;
    }

    /// The signature of 2420 bytes.
    public Bytes sign(Bytes message) {
        return sign(key, message);
    }

    static Bytes sign(MLDSAPrivateKeyParameters key, Bytes message) {
        var signer = new MLDSASigner();
        signer.init(true, key);
        signer.update(message.unsafeArray(), 0, message.length());
        try {
            return Bytes.unsafe(signer.generateSignature());
        } catch (CryptoException e) {
            throw new IllegalStateException("cannot sign with ML-DSA-44", e);
        }
    }

    /// Names no secret.
    @Override
    public String toString() {
        return "ML-DSA-44 key";
    }
}
