// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;

import java.time.Instant;
import java.util.List;

/// A log's own signatures: Ed25519, which tlog-tiles asks for, and ML-DSA-44, which tlog-checkpoint recommends.
public final class LogSigner {
    /// An array of four, of which the first is the text `Signature1`.
    private static final String SIG_STRUCTURE = "84" + "6a" + Bytes.utf8("Signature1").toHex();

    private final NoteSigner ed25519;
    private final Cosigner cosigner;
    private final LogVerifier verifier;

    /// @param ed25519 used for nothing but this log
    /// @param cosigner has the log's origin for its name; only its ML-DSA-44 key is used
    public LogSigner(SigningKey ed25519, Cosigner cosigner) {
        this.ed25519 = new NoteSigner(cosigner.name(), ed25519);
        this.cosigner = cosigner;
        this.verifier = LogVerifier.of(this.ed25519.verifier(), cosigner.mlDsaVerifier());
    }

    /// What others need in order to check: first the Ed25519 key, then the ML-DSA-44 key.
    public LogVerifier verifier() {
        return verifier;
    }

    /// What signs a COSE Receipt of this log: the Sig_structure of RFC 9052 section 4.4, with one of its two keys.
    ///
    /// @throws IllegalArgumentException if this is no such structure, so that nothing else is ever signed by this way
    public Bytes signCose(NoteVerifier by, Bytes structure) {
        if (!structure.toHex().startsWith(SIG_STRUCTURE)) {
            throw new IllegalArgumentException("not the Sig_structure of a COSE_Sign1");
        }
        if (by.equals(ed25519.verifier())) return ed25519.signCose(structure);
        if (by.equals(cosigner.mlDsaVerifier())) return cosigner.signCose(structure);
        throw new IllegalArgumentException(by + " is not a key of this log");
    }

    /// The checkpoint of this log at this size, signed by both keys.
    public SignedNote sign(long size, Hash root, Instant time) {
        var checkpoint = new Checkpoint(verifier.name(), size, root);
        return SignedNote.sign(checkpoint.text(), ed25519)
                .with(List.of(cosigner.mlDsa(checkpoint, time)));
    }
}
