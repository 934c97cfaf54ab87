// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

/// An identifier that is its own public key: `did:key:z6Mk…` for Ed25519, `did:key:zDn…` for P-256 (docs/wire/did-key.md).
///
/// A `DidKey` that exists is the one canonical text of a key of the right kind and length, so equal keys are equal
/// texts. Whether those bytes are a point of the curve costs as much as a fifth of a signature check; it is asked by
/// [#parse] and [VerificationKey#of], where an identifier is met for the first time, and not for every update.
public record DidKey(String value) implements Comparable<DidKey> {
    private static final String PREFIX = "did:key:";
    private static final int LONGEST = 64;

    public DidKey {
        keyIn(value);
    }

    /// The identifier in the text, with its key known to be usable.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static DidKey parse(String text) {
        var did = new DidKey(text);
        Curves.requireUsable(did.algorithm(), did.publicKey().unsafeArray());
        return did;
    }

    /// The identifier of a public key: 32 bytes for Ed25519, the 33 bytes of a compressed point for P-256.
    public static DidKey of(Algorithm algorithm, Bytes publicKey) {
        var key = publicKey.unsafeArray();
        Curves.requireUsable(algorithm, key);
        var coded = new byte[2 + key.length];
        coded[0] = (byte) (algorithm == Algorithm.ED25519 ? 0xed : 0x80);
        coded[1] = (byte) (algorithm == Algorithm.ED25519 ? 0x01 : 0x24);
        System.arraycopy(key, 0, coded, 2, key.length);
        return new DidKey(PREFIX + "z" + Base58.encode(coded));
    }

    public Algorithm algorithm() {
        return value.startsWith("z6Mk", PREFIX.length()) ? Algorithm.ED25519 : Algorithm.P256;
    }

    /// The key itself: 32 bytes for Ed25519, a compressed point of 33 bytes for P-256.
    public Bytes publicKey() {
        return Bytes.unsafe(keyIn(value));
    }

    /// The name of the one key in the DID document, as a `kid` or verification method.
    public String keyId() {
        return value + "#" + value.substring(PREFIX.length());
    }

    @Override
    public int compareTo(DidKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static byte[] keyIn(String text) {
        if (!text.startsWith("did:key:z") || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a thing is named by a DID that starts with did:key:z6Mk or did:key:zDn");
        }
        var coded = Base58.decode(text, PREFIX.length() + 1);
        // Multicodec varints: 0xed is ed25519-pub, 0x1200 is p256-pub.
        boolean ed25519 = coded.length == 34 && coded[0] == (byte) 0xed && coded[1] == 0x01;
        boolean p256 =
                coded.length == 35
                        && coded[0] == (byte) 0x80
                        && coded[1] == 0x24
                        && (coded[2] == 2 || coded[2] == 3);
        if (!ed25519 && !p256) {
            throw new IllegalArgumentException(
                    "the did:key holds neither an Ed25519 key of 32 bytes nor a compressed P-256"
                            + " point");
        }
        var key = new byte[coded.length - 2];
        System.arraycopy(coded, 2, key, 0, key.length);
        return key;
    }
}
