// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Where a log lies at a mirror: below the SHA-256 of its origin, as tlog-mirror names it.
final class OriginHash {
    private OriginHash() {}

    static String of(String origin) {
        return sha256(Bytes.utf8(origin)).toHex();
    }

    static Bytes sha256(Bytes content) {
        try {
            return Bytes.unsafe(MessageDigest.getInstance("SHA-256").digest(content.unsafeArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
