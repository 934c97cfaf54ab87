// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.carnet.Bytes;

/// A log's own signature: an Ed25519 key with the name by which others know it.
public final class NoteSigner {
    private final Ed25519PrivateKeyParameters key;
    private final NoteVerifier verifier;

    /// @param seed the secret of 32 bytes
    public NoteSigner(String name, Bytes seed) {
        this.key = new Ed25519PrivateKeyParameters(seed.unsafeArray());
        this.verifier = new NoteVerifier(name, Bytes.unsafe(key.generatePublicKey().getEncoded()));
    }

    /// What others need in order to check.
    public NoteVerifier verifier() {
        return verifier;
    }

    SignedNote.Signature sign(String text) {
        var message = Bytes.utf8(text).unsafeArray();
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return new SignedNote.Signature(
                verifier.name(), verifier.keyId(), Bytes.unsafe(signer.generateSignature()));
    }
}
