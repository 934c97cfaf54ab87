// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers keys that were decoded and signatures that held, so that a credential that is shown again is not computed
/// again.
///
/// Whether a signature holds follows from key, message and signature alone, so remembering changes no answer; times and
/// status are not its matter. What did not hold is forgotten at once. Safe for use by many threads.
public final class SignatureMemory {
    private final int most;
    private final Map<DidKey, VerificationKey> keys = new ConcurrentHashMap<>();
    private final Set<Bytes> held = ConcurrentHashMap.newKeySet();

    /// @param most so many keys and signatures are remembered; then it starts anew
    public SignatureMemory(int most) {
        this.most = most;
    }

    /// The key inside the identifier, whose signatures are remembered.
    ///
    /// @throws IllegalArgumentException if its bytes are not a usable point of the curve
    public VerificationKey key(DidKey did) {
        var known = keys.get(did);
        if (known != null) return known;
        var key = remembering(VerificationKey.of(did));
        if (keys.size() >= most) keys.clear();
        keys.put(did, key);
        return key;
    }

    /// The same key, whose signatures are remembered.
    public VerificationKey remembering(VerificationKey key) {
        return key.with(this);
    }

    boolean holds(VerificationKey key, byte[] message, byte[] signature) {
        var name = name(key.did(), message, signature);
        if (held.contains(name)) return true;
        if (!key.holds(message, signature)) return false;
        if (held.size() >= most) held.clear();
        held.add(name);
        return true;
    }

    /// No two of these have the same text before the message, since a signature has 64 bytes and a DID no zero in it.
    private static Bytes name(DidKey did, byte[] message, byte[] signature) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(did.value().getBytes(StandardCharsets.US_ASCII));
            hash.update((byte) 0);
            hash.update((byte) signature.length);
            hash.update(signature);
            return Bytes.unsafe(hash.digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
