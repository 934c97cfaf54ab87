// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

/// Signs notes: an Ed25519 key with the name by which others know it (C2SP signed-note, type 1).
public final class NoteSigner {
    private final SigningKey key;
    private final NoteVerifier verifier;

    public NoteSigner(String name, SigningKey key) {
        if (key.algorithm() != Algorithm.ED25519) {
            throw new IllegalArgumentException("notes are signed with Ed25519 keys, not " + key);
        }
        this.key = key;
        this.verifier = NoteVerifier.ed25519(name, key.did().publicKey());
    }

    /// What others need in order to check.
    public NoteVerifier verifier() {
        return verifier;
    }

    Bytes signCose(Bytes structure) {
        return Bytes.unsafe(key.sign(structure.unsafeArray()));
    }

    SignedNote.Signature sign(String text) {
        var signature = Bytes.unsafe(key.sign(Bytes.utf8(text).unsafeArray()));
        return new SignedNote.Signature(verifier.name(), verifier.keyId(), signature);
    }
}
