// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.carnet.Bytes;
import org.carnet.identity.Multibase;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 as a multihash in base58btc, the only hash of did:webvh 1.0: it always starts with `Qm`.
final class Multihash {
    private static final byte[] SHA_256 = {0x12, 0x20};

    private Multihash() {}

    static String of(Bytes content) {
        var hash = new byte[34];
        System.arraycopy(SHA_256, 0, hash, 0, 2);
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.unsafeArray());
            System.arraycopy(digest, 0, hash, 2, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
        return Multibase.base58btc(Bytes.unsafe(hash)).substring(1);
    }
}
