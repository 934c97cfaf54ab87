// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Pseudonym;

import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The keys of one subject: one seals its details, the other gives what it is told in the log its pseudonyms.
///
/// Once both are destroyed, what was sealed is unreadable and nobody can tell any more whom the records are about.
public final class SubjectKey {
    static final int SECRET_LENGTH = 64;
    private static final int HALF = SECRET_LENGTH / 2;

    private final long id;
    private final byte[] secret;

    /// @param secret the sealing key and the pseudonym key, 32 bytes each
    SubjectKey(long id, byte[] secret) {
        if (secret.length != SECRET_LENGTH) {
            throw new IllegalArgumentException("a subject's keys have 64 bytes together");
        }
        this.id = id;
        this.secret = secret.clone();
    }

    static byte[] generate(SecureRandom random) {
        var secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    long id() {
        return id;
    }

    SecretKey sealing() {
        return new SecretKeySpec(secret, 0, HALF, "AES");
    }

    /// The stand-in for an identifier in the records of this subject: HMAC-SHA256, cut to 16 bytes.
    public Pseudonym pseudonym(String identifier) {
        var mac = Crypto.hmacSha256(new SecretKeySpec(secret, HALF, HALF, "HmacSHA256"));
        var code = mac.doFinal(Bytes.utf8(identifier).unsafeArray());
        return new Pseudonym(Bytes.unsafe(Arrays.copyOf(code, Pseudonym.LENGTH)));
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
