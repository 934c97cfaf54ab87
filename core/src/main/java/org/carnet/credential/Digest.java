// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, the only hash that SD-JWTs are made and read with here.
final class Digest {
    static final String NAME = "sha-256";

    private Digest() {}

    static String base64Url(String ascii) {
        return Bytes.unsafe(sha256().digest(ascii.getBytes(StandardCharsets.US_ASCII)))
                .toBase64Url();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
