// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;

/// A log's own signature: an Ed25519 key with the name by which others know it.
public final class NoteSigner {
    private final SigningKey key;
    private final NoteVerifier verifier;

    public NoteSigner(String name, SigningKey key) {
        this.key = key;
        this.verifier = new NoteVerifier(name, key.did());
    }

    /// What others need in order to check.
    public NoteVerifier verifier() {
        return verifier;
    }

    SignedNote.Signature sign(String text) {
        var signature = Bytes.unsafe(key.sign(Bytes.utf8(text).unsafeArray()));
        return new SignedNote.Signature(verifier.name(), verifier.keyId(), signature);
    }
}
