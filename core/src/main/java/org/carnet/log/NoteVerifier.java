// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.MlDsaVerificationKey;
import org.carnet.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// The key by whose name a note is believed, with its text form, the *vkey* (C2SP signed-note).
///
/// ```text
/// example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
///      name         id        base64(type | public key)
/// id = the first 4 bytes of SHA-256(name | 0x0a | type | public key)
/// ```
/// Type 1 signs any text with Ed25519. Types 4 (Ed25519) and 6 (ML-DSA-44) sign checkpoints only, with a time
/// (C2SP tlog-cosignature).
public final class NoteVerifier {
    private enum Type {
        ED25519(1, 32),
        ED25519_COSIGNATURE(4, 32),
        ML_DSA_44_COSIGNATURE(6, MlDsaVerificationKey.LENGTH);

        final byte code;
        final int keyLength;

        Type(int code, int keyLength) {
            this.code = (byte) code;
            this.keyLength = keyLength;
        }

        static Type of(Bytes typed) {
            for (var type : values()) {
                if (typed.length() == 1 + type.keyLength && typed.at(0) == type.code) return type;
            }
            throw new IllegalArgumentException(
                    "the vkey is neither of an Ed25519 key nor of an ML-DSA-44 key");
        }
    }

    /// Whether a signature is the key's for exactly this message.
    private interface Check {
        boolean verify(Bytes message, Bytes signature);
    }

    private static final int ED25519_SIGNATURE = 64;

    private final String name;
    private final Type type;
    private final Bytes publicKey;
    private final int keyId;
    private final Check key;

    private NoteVerifier(String name, Type type, Bytes publicKey) {
        SignedNote.requireKeyName(name);
        this.name = name;
        this.type = type;
        this.publicKey = publicKey;
        this.keyId = keyId(name, typed());
        this.key =
                switch (type) {
                    case ED25519, ED25519_COSIGNATURE -> ed25519(publicKey);
                    case ML_DSA_44_COSIGNATURE -> MlDsaVerificationKey.of(publicKey)::verify;
                };
    }

    private static Check ed25519(Bytes publicKey) {
        var key = VerificationKey.of(DidKey.of(Algorithm.ED25519, publicKey));
        return (message, signature) -> key.verify(message.unsafeArray(), signature.unsafeArray());
    }

    /// The key that signs any text with Ed25519 (type 1).
    static NoteVerifier ed25519(String name, Bytes publicKey) {
        return new NoteVerifier(name, Type.ED25519, publicKey);
    }

    /// The key that cosigns checkpoints with Ed25519 (type 4).
    static NoteVerifier ed25519Cosigner(String name, Bytes publicKey) {
        return new NoteVerifier(name, Type.ED25519_COSIGNATURE, publicKey);
    }

    /// The key that cosigns checkpoints with ML-DSA-44 (type 6).
    static NoteVerifier mlDsaCosigner(String name, MlDsaVerificationKey key) {
        return new NoteVerifier(name, Type.ML_DSA_44_COSIGNATURE, key.publicKey());
    }

    /// @throws IllegalArgumentException if this is not the vkey of a key of type 1, 4 or 6
    public static NoteVerifier parse(String vkey) {
        var parts = vkey.split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("a vkey has three parts");
        var typed = Bytes.base64(parts[2]);
        var verifier = new NoteVerifier(parts[0], Type.of(typed), typed.slice(1, typed.length()));
        if (!verifier.vkey().equals(vkey)) {
            throw new IllegalArgumentException("the vkey has an id that is not of its key");
        }
        return verifier;
    }

    private static int keyId(String name, Bytes typed) {
        var named = Bytes.utf8(name + '\n');
        var input =
                ByteBuffer.allocate(named.length() + typed.length())
                        .put(named.unsafeArray())
                        .put(typed.unsafeArray())
                        .array();
        return ByteBuffer.wrap(MerkleHash.sha256(input)).getInt();
    }

    private Bytes typed() {
        return Bytes.unsafe(
                ByteBuffer.allocate(1 + publicKey.length())
                        .put(type.code)
                        .put(publicKey.unsafeArray())
                        .array());
    }

    public String name() {
        return name;
    }

    /// The key itself, without its type: by it two vkeys of one key are known.
    public Bytes publicKey() {
        return publicKey;
    }

    /// Whether it signs checkpoints with a time, and nothing else.
    public boolean isCosigner() {
        return type != Type.ED25519;
    }

    /// Whether its signatures stand against quantum computers.
    public boolean isPostQuantum() {
        return type == Type.ML_DSA_44_COSIGNATURE;
    }

    int keyId() {
        return keyId;
    }

    public String vkey() {
        return this + "+" + typed().toBase64();
    }

    /// Whether the signature of a COSE Receipt is this key's, whatever its type is for notes.
    ///
    /// @param structure the Sig_structure of RFC 9052 section 4.4, which can never be the text of a note or a cosigned
    ///     message: it begins with the byte 84
    public boolean verifiesCose(Bytes structure, Bytes signature) {
        return key.verify(structure, signature);
    }

    /// Whether the signature claims to be of this key.
    boolean made(SignedNote.Signature signature) {
        return signature.keyId() == keyId && signature.name().equals(name);
    }

    boolean verifies(String text, SignedNote.Signature signature) {
        return switch (type) {
            case ED25519 -> key.verify(Bytes.utf8(text), signature.content());
            case ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE -> time(text, signature).isPresent();
        };
    }

    /// When this key cosigned the text; empty if it did not, or signs without a time.
    Optional<Instant> time(String text, SignedNote.Signature signature) {
        return switch (type) {
            case ED25519 -> Optional.empty();
            case ED25519_COSIGNATURE ->
                    Cosignature.parse(signature.content(), ED25519_SIGNATURE)
                            .filter(made -> isCosigned(text, made))
                            .map(Cosignature::time);
            case ML_DSA_44_COSIGNATURE ->
                    Cosignature.parse(signature.content(), MlDsaVerificationKey.SIGNATURE_LENGTH)
                            .filter(made -> isCosigned(text, made))
                            .map(Cosignature::time);
        };
    }

    private boolean isCosigned(String text, Cosignature made) {
        Bytes message;
        try {
            var checkpoint = Checkpoint.parse(text);
            message =
                    isPostQuantum()
                            ? Cosignature.mlDsaMessage(name, made.seconds(), checkpoint)
                            : Cosignature.ed25519Message(made.seconds(), text);
        } catch (IllegalArgumentException noCheckpoint) {
            return false;
        }
        return key.verify(message, made.signature());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteVerifier that
                && type == that.type
                && name.equals(that.name)
                && publicKey.equals(that.publicKey);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    /// The name and the id, which tell it apart from other keys: `example.com/foo+530d903a`.
    @Override
    public String toString() {
        return name + '+' + HexFormat.of().toHexDigits(keyId);
    }
}
