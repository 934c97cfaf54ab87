// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals the few secrets that must be read again, with a key that is not in the database: `keys/people.key`.
///
/// ```text
/// nonce 12 | AES-256-GCM ciphertext, and tag 16
/// ```
/// Keys are derived from the 32 bytes of the file by HKDF-SHA256 (RFC 5869). What is sealed for one purpose opens for
/// no other.
final class Vault {
    private static final int LENGTH = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey sealing;
    private final SecretKey authenticating;
    private final SecureRandom random;

    private Vault(Bytes secret, SecureRandom random) {
        this.sealing = derive(secret, "seal", "AES");
        this.authenticating = derive(secret, "mac", "HmacSHA256");
        this.random = random;
    }

    /// Reads the key, or makes it at the first start.
    static Vault open(Path keys, SecureRandom random) throws IOException {
        var file = keys.resolve("people.key");
        if (Files.notExists(file)) {
            var secret = new byte[LENGTH];
            random.nextBytes(secret);
            WholeFile.createSecretDirectory(keys);
            WholeFile.writeSecret(file, Bytes.unsafe(secret).toBase64Url() + "\n");
        }
        return new Vault(Bytes.base64Url(Files.readString(file).strip()), random);
    }

    Bytes seal(String purpose, Bytes plain) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, purpose, nonce);
            var sealed = ByteBuffer.allocate(NONCE + plain.length() + TAG_BITS / 8);
            sealed.put(nonce).put(cipher.doFinal(plain.unsafeArray()));
            return Bytes.unsafe(sealed.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not seal", e);
        }
    }

    /// Empty if it was not sealed here for this purpose.
    Optional<Bytes> open(String purpose, Bytes sealed) {
        if (sealed.length() < NONCE + TAG_BITS / 8) return Optional.empty();
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, purpose, sealed.slice(0, NONCE).toArray());
            var rest = sealed.slice(NONCE, sealed.length());
            return Optional.of(Bytes.unsafe(cipher.doFinal(rest.unsafeArray())));
        } catch (AEADBadTagException foreign) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not open", e);
        }
    }

    /// 32 bytes that only this node can make of the text.
    Bytes mac(String purpose, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(authenticating);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Bytes.unsafe(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKey derive(Bytes secret, String use, String algorithm) {
        var parameters =
                HKDFParameterSpec.ofExtract()
                        .addIKM(secret.toArray())
                        .thenExpand(Bytes.utf8("carnet people " + use).toArray(), LENGTH);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }
}
