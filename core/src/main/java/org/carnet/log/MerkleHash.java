// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The two hashes of which the tree is made, told apart by their first byte (RFC 9162 section 2.1.1).
///
/// ```text
/// leaf  SHA-256(0x00 | entry)
/// node  SHA-256(0x01 | left 32 | right 32)
/// empty SHA-256()
/// ```
public final class MerkleHash {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final MessageDigest PROTOTYPE = prototype();
    private static final Hash EMPTY = new Hash(Bytes.unsafe(sha256(new byte[0])));

    private MerkleHash() {}

    /// The hash of an entry, as it stands in the tiles of level 0.
    public static Hash leaf(Bytes entry) {
        var digest = fresh();
        digest.update(LEAF);
        digest.update(entry.unsafeArray());
        return new Hash(Bytes.unsafe(digest.digest()));
    }

    public static Hash node(Hash left, Hash right) {
        var digest = fresh();
        digest.update(NODE);
        digest.update(left.bytes().unsafeArray());
        digest.update(right.bytes().unsafeArray());
        return new Hash(Bytes.unsafe(digest.digest()));
    }

    /// The root of the tree without leaves.
    public static Hash empty() {
        return EMPTY;
    }

    static byte[] sha256(byte[] content) {
        return fresh().digest(content);
    }

    /// A copy is cheaper than asking the providers for another one, and safe for many threads.
    private static MessageDigest fresh() {
        try {
            return (MessageDigest) PROTOTYPE.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError("SHA-256 of the JDK can be copied", impossible);
        }
    }

    private static MessageDigest prototype() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
