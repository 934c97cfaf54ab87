// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

/// A SHA-256 hash, 32 bytes.
public record Hash(Bytes bytes) {
    public static final int LENGTH = 32;

    public Hash {
        if (bytes.length() != LENGTH)
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length());
    }

    public static Hash base64(String text) {
        return new Hash(Bytes.base64(text));
    }

    public String toBase64() {
        return bytes.toBase64();
    }

    @Override
    public String toString() {
        return toBase64();
    }
}
