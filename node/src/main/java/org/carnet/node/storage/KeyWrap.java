// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Wraps the keys of subjects with the key of the node, so that the database alone opens nothing.
///
/// ```text
/// nonce 12 | AES-256-GCM(secret 64), and tag 16      additional data: the subject
/// ```
final class KeyWrap {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random;

    /// @param key 32 bytes
    KeyWrap(Bytes key, SecureRandom random) {
        this.key = new SecretKeySpec(key.unsafeArray(), "AES");
        this.random = random;
    }

    byte[] wrap(String subject, byte[] secret) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, subject).doFinal(secret);
            return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM does not wrap", impossible);
        }
    }

    /// @throws IllegalArgumentException if this is not what was wrapped for the subject with this key
    byte[] unwrap(String subject, byte[] wrapped) {
        try {
            return cipher(Cipher.DECRYPT_MODE, wrapped, subject)
                    .doFinal(wrapped, NONCE, wrapped.length - NONCE);
        } catch (GeneralSecurityException | RuntimeException foreign) {
            throw new IllegalArgumentException(
                    "the stored key of a subject does not open with this node's key", foreign);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String subject) throws GeneralSecurityException {
        var cipher = Crypto.aesGcm();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
        cipher.updateAAD(Bytes.utf8(subject).unsafeArray());
        return cipher;
    }
}
