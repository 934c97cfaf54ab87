// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;
import org.jspecify.annotations.Nullable;

import java.security.PublicKey;

/// The public half of a signing key, decoded once so that it can check many signatures.
///
/// Safe for use by many threads.
public final class VerificationKey {
    private final DidKey did;
    private final Algorithm algorithm;
    private final SignatureProvider provider;
    private final PublicKey key;
    private final @Nullable SignatureMemory memory;

    private VerificationKey(
            DidKey did,
            SignatureProvider provider,
            PublicKey key,
            @Nullable SignatureMemory memory) {
        this.did = did;
        this.algorithm = did.algorithm();
        this.provider = provider;
        this.key = key;
        this.memory = memory;
    }

    /// The key inside the identifier.
    ///
    /// @throws IllegalArgumentException if its bytes are not a usable point of the curve
    public static VerificationKey of(DidKey did) {
        return of(did, SignatureProvider.active());
    }

    static VerificationKey of(DidKey did, SignatureProvider provider) {
        var raw = did.publicKey();
        Curves.requireUsable(did.algorithm(), raw.unsafeArray());
        return new VerificationKey(did, provider, provider.decodePublic(did, raw), null);
    }

    /// The key of these bytes, which are looked at once only.
    ///
    /// @throws IllegalArgumentException if they are not a usable point of the curve
    static VerificationKey of(Algorithm algorithm, Bytes publicKey) {
        var provider = SignatureProvider.active();
        var did = DidKey.of(algorithm, publicKey);
        return new VerificationKey(did, provider, provider.decodePublic(did, publicKey), null);
    }

    VerificationKey with(SignatureMemory memory) {
        return new VerificationKey(did, provider, key, memory);
    }

    public DidKey did() {
        return did;
    }

    /// Whether the signature (64 bytes; r and s for P-256) is this key's for exactly this message.
    public boolean verify(byte[] message, byte[] signature) {
        return memory == null ? holds(message, signature) : memory.holds(this, message, signature);
    }

    /// Computes it, whatever is remembered.
    boolean holds(byte[] message, byte[] signature) {
        return provider.verify(algorithm, key, message, signature);
    }

    @Override
    public String toString() {
        return did.toString();
    }
}
