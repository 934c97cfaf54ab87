// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import java.security.PublicKey;

/// The public half of a signing key, decoded once so that it can check many signatures.
///
/// Safe for use by many threads.
public final class VerificationKey {
    private final DidKey did;
    private final Algorithm algorithm;
    private final SignatureProvider provider;
    private final PublicKey key;

    private VerificationKey(DidKey did, SignatureProvider provider) {
        this.did = did;
        this.algorithm = did.algorithm();
        this.provider = provider;
        this.key = provider.decodePublic(did);
    }

    /// The key inside the identifier.
    ///
    /// @throws IllegalArgumentException if its bytes are not a usable point of the curve
    public static VerificationKey of(DidKey did) {
        return of(did, SignatureProvider.active());
    }

    static VerificationKey of(DidKey did, SignatureProvider provider) {
        Curves.requireUsable(did.algorithm(), did.publicKey().unsafeArray());
        return new VerificationKey(did, provider);
    }

    public DidKey did() {
        return did;
    }

    /// Whether the signature (64 bytes; r and s for P-256) is this key's for exactly this message.
    public boolean verify(byte[] message, byte[] signature) {
        return provider.verify(algorithm, key, message, signature);
    }

    @Override
    public String toString() {
        return did.toString();
    }
}
