// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

import java.security.PublicKey;

/// A public ML-DSA-44 key (FIPS 204), decoded once so that it can check many signatures.
///
/// Safe for use by many threads.
public final class MlDsaVerificationKey {
    public static final int LENGTH = 1312;
    public static final int SIGNATURE_LENGTH = 2420;

    private final Bytes publicKey;
    private final SignatureProvider provider;
    private final PublicKey key;

    private MlDsaVerificationKey(Bytes publicKey, SignatureProvider provider) {
        if (publicKey.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "an ML-DSA-44 key has 1312 bytes, not " + publicKey.length());
        }
        this.publicKey = publicKey;
        this.provider = provider;
        this.key = provider.decodeMlDsa(publicKey.unsafeArray());
    }

    /// @throws IllegalArgumentException if the key does not have 1312 bytes
    public static MlDsaVerificationKey of(Bytes publicKey) {
        return of(publicKey, SignatureProvider.active());
    }

    static MlDsaVerificationKey of(Bytes publicKey, SignatureProvider provider) {
        return new MlDsaVerificationKey(publicKey, provider);
    }

    public Bytes publicKey() {
        return publicKey;
    }

    /// Whether the signature is this key's for exactly this message, with the empty context.
    public boolean verify(Bytes message, Bytes signature) {
        return signature.length() == SIGNATURE_LENGTH
                && provider.verifyMlDsa(key, message.unsafeArray(), signature.unsafeArray());
    }

    @Override
    public String toString() {
        return "ML-DSA-44 key";
    }
}
