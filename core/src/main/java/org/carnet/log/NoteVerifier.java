// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The Ed25519 key by whose name a note is believed, with its text form, the *vkey* (C2SP signed-note).
///
/// ```text
/// example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
///      name         id        base64(0x01 | public key 32)
/// id = the first 4 bytes of SHA-256(name | 0x0a | 0x01 | public key)
/// ```
public final class NoteVerifier {
    private static final byte ED25519 = 1;
    private static final int KEY_LENGTH = 32;

    private final String name;
    private final int keyId;
    private final VerificationKey key;

    public NoteVerifier(String name, DidKey did) {
        SignedNote.requireKeyName(name);
        if (did.algorithm() != Algorithm.ED25519) {
            throw new IllegalArgumentException("notes are signed with Ed25519 keys, not " + did);
        }
        this.name = name;
        this.key = VerificationKey.of(did);
        this.keyId = keyId(name, did.publicKey());
    }

    /// @throws IllegalArgumentException if this is not the vkey of an Ed25519 key
    public static NoteVerifier parse(String vkey) {
        var parts = vkey.split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("a vkey has three parts");
        var key = Bytes.base64(parts[2]);
        if (key.length() != 1 + KEY_LENGTH || key.at(0) != ED25519) {
            throw new IllegalArgumentException("the vkey is not of an Ed25519 key");
        }
        var did = DidKey.of(Algorithm.ED25519, key.slice(1, key.length()));
        var verifier = new NoteVerifier(parts[0], did);
        if (!verifier.vkey().equals(vkey)) {
            throw new IllegalArgumentException("the vkey has an id that is not of its key");
        }
        return verifier;
    }

    private static int keyId(String name, Bytes publicKey) {
        var named = Bytes.utf8(name + '\n');
        var input =
                ByteBuffer.allocate(named.length() + 1 + KEY_LENGTH)
                        .put(named.unsafeArray())
                        .put(ED25519)
                        .put(publicKey.unsafeArray())
                        .array();
        return ByteBuffer.wrap(MerkleHash.sha256(input)).getInt();
    }

    public String name() {
        return name;
    }

    int keyId() {
        return keyId;
    }

    public String vkey() {
        var publicKey = key.did().publicKey().unsafeArray();
        var typed = ByteBuffer.allocate(1 + KEY_LENGTH).put(ED25519).put(publicKey).array();
        var id = HexFormat.of().toHexDigits(keyId);
        return name + '+' + id + '+' + Bytes.unsafe(typed).toBase64();
    }

    /// Whether the signature claims to be of this key.
    boolean made(SignedNote.Signature signature) {
        return signature.keyId() == keyId && signature.name().equals(name);
    }

    boolean verifies(String text, SignedNote.Signature signature) {
        return key.verify(Bytes.utf8(text).unsafeArray(), signature.content().unsafeArray());
    }

    @Override
    public String toString() {
        return vkey();
    }
}
