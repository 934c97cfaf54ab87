// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.identity.SigningKey;

import java.time.Instant;
import java.util.List;

/// Says of checkpoints, its own or others', that they are consistent with all it has seen (C2SP tlog-cosignature).
///
/// It has one name and two keys, and cosigns with both: Ed25519 for who knows nothing else, ML-DSA-44 against quantum
/// computers. Whether the statement is true is the business of whoever calls it. Its Ed25519 key must be used under no
/// other name, because that signature does not say by whom it is.
public final class Cosigner {
    private final String name;
    private final SigningKey ed25519;
    private final MlDsaSigningKey mlDsa;
    private final NoteVerifier ed25519Verifier;
    private final NoteVerifier mlDsaVerifier;

    public Cosigner(String name, SigningKey ed25519, MlDsaSigningKey mlDsa) {
        if (ed25519.algorithm() != Algorithm.ED25519) {
            throw new IllegalArgumentException("cosigners have no " + ed25519);
        }
        this.name = name;
        this.ed25519 = ed25519;
        this.mlDsa = mlDsa;
        this.ed25519Verifier = NoteVerifier.ed25519Cosigner(name, ed25519.did().publicKey());
        this.mlDsaVerifier = NoteVerifier.mlDsaCosigner(name, mlDsa.verification());
    }

    public String name() {
        return name;
    }

    /// What others need in order to check: the Ed25519 key, the ML-DSA-44 key.
    public List<NoteVerifier> verifiers() {
        return List.of(ed25519Verifier, mlDsaVerifier);
    }

    /// Both signatures on the checkpoint that the note states.
    ///
    /// @param checkpoint what was verified of the note
    /// @param note the note itself, whose text the Ed25519 signature covers with any extension lines
    /// @throws IllegalArgumentException if the note is not of that checkpoint, or a name is longer than 255 bytes
    public List<SignedNote.Signature> cosign(Checkpoint checkpoint, SignedNote note, Instant time) {
        if (!Checkpoint.parse(note.text()).equals(checkpoint)) {
            throw new IllegalArgumentException("the note is of another checkpoint");
        }
        long seconds = time.getEpochSecond();
        var message = Cosignature.ed25519Message(seconds, note.text());
        var made = Bytes.unsafe(ed25519.sign(message.unsafeArray()));
        return List.of(
                signature(ed25519Verifier, new Cosignature(seconds, made)),
                mlDsa(checkpoint, time));
    }

    /// The ML-DSA-44 signature alone.
    SignedNote.Signature mlDsa(Checkpoint checkpoint, Instant time) {
        long seconds = time.getEpochSecond();
        var message = Cosignature.mlDsaMessage(name, seconds, checkpoint);
        return signature(mlDsaVerifier, new Cosignature(seconds, mlDsa.sign(message)));
    }

    Bytes signCose(Bytes structure) {
        return mlDsa.sign(structure);
    }

    NoteVerifier mlDsaVerifier() {
        return mlDsaVerifier;
    }

    private static SignedNote.Signature signature(NoteVerifier by, Cosignature cosignature) {
        return new SignedNote.Signature(by.name(), by.keyId(), cosignature.encode());
    }

    /// Names the public halves only.
    @Override
    public String toString() {
        return verifiers().toString();
    }
}
