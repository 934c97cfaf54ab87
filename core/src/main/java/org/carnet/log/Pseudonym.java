// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

/// A stand-in of 16 bytes for an identifier, meaningless to whoever lacks the subject's key.
public record Pseudonym(Bytes bytes) {
    public static final int LENGTH = 16;
    public static final Pseudonym NOBODY = new Pseudonym(Bytes.copyOf(new byte[LENGTH]));

    public Pseudonym {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a pseudonym has 16 bytes, not " + bytes.length());
        }
    }

    /// The stand-in of an identifier that is itself no secret, or is a commitment: its SHA-256, cut to 16 bytes.
    public static Pseudonym open(String identifier) {
        var hash = MerkleHash.sha256(Bytes.utf8(identifier).unsafeArray());
        return new Pseudonym(Bytes.unsafe(hash).slice(0, LENGTH));
    }

    public String toHex() {
        return bytes.toHex();
    }

    @Override
    public String toString() {
        return toHex();
    }
}
