// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

import java.security.PrivateKey;
import java.security.SecureRandom;

/// A secret key and the identifier that belongs to it.
public final class SigningKey {
    private final Bytes secret;
    private final DidKey did;
    private final Algorithm algorithm;
    private final SignatureProvider provider;
    private final PrivateKey key;

    private SigningKey(Algorithm algorithm, Bytes secret, SignatureProvider provider) {
        this.secret = secret;
        this.did = DidKey.of(algorithm, Curves.publicKey(algorithm, secret));
        this.algorithm = algorithm;
        this.provider = provider;
        this.key = provider.decodeSecret(algorithm, secret.unsafeArray());
    }

    /// A new key; `random` is drawn from until it gives a secret of the curve.
    public static SigningKey generate(Algorithm algorithm, SecureRandom random) {
        var secret = new byte[32];
        do random.nextBytes(secret);
        while (algorithm == Algorithm.P256 && !Curves.isP256Scalar(secret));
        return of(algorithm, Bytes.unsafe(secret));
    }

    /// The key of a secret: the seed of 32 bytes for Ed25519, the scalar of 32 bytes for P-256.
    public static SigningKey of(Algorithm algorithm, Bytes secret) {
        return of(algorithm, secret, SignatureProvider.active());
    }

    static SigningKey of(Algorithm algorithm, Bytes secret, SignatureProvider provider) {
        return new SigningKey(algorithm, secret, provider);
    }

    public DidKey did() {
        return did;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /// The secret itself, for who keeps it in a file.
    public Bytes secret() {
        return secret;
    }

    /// The signature of 64 bytes (r and s for P-256).
    public byte[] sign(byte[] message) {
        return provider.sign(algorithm, key, message);
    }

    /// Names the public half only.
    @Override
    public String toString() {
        return "key of " + did;
    }
}
