// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// A value of 256 random bits that its holder shows, of which the node keeps the hash: nobody can search for it.
///
/// @param text what the holder has, as base64url
record Secret(String text) {
    private static final int LENGTH = 32;

    static Secret random(SecureRandom random) {
        var bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new Secret(Bytes.unsafe(bytes).toBase64Url());
    }

    byte[] hash() {
        return sha256(text);
    }

    /// What a page shows to prove that it could read an answer of this node: it cannot be turned into the secret.
    String proof() {
        return Bytes.unsafe(sha256("csrf " + text)).toBase64Url();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /// Tells nothing.
    @Override
    public String toString() {
        return "Secret";
    }
}
