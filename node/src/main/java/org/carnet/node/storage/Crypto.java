// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// The primitives that storage uses, always those of the JDK: they are the fastest there are for these.
final class Crypto {
    private static final MessageDigest SHA_256 = prototype();
    private static final Provider CIPHERS = provider("SunJCE");

    private Crypto() {}

    private static Provider provider(String name) {
        var provider = Security.getProvider(name);
        if (provider == null) throw new IllegalStateException("this JDK has no provider " + name);
        return provider;
    }

    static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone(); // cheaper than asking the provider
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }

    /// Puts the hash of the content into `target` from there on.
    static void sha256(byte[] content, byte[] target, int from) {
        var digest = sha256();
        digest.update(content);
        try {
            digest.digest(target, from, digest.getDigestLength());
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a hash", e);
        }
    }

    private static MessageDigest prototype() {
        try {
            return MessageDigest.getInstance("SHA-256", provider("SUN"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    static Cipher aesGcm() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding", CIPHERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    static Mac hmacSha256(SecretKey key) {
        try {
            var mac = Mac.getInstance("HmacSHA256", CIPHERS);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
        }
    }
}
