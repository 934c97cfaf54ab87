// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;

import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Who was forgotten since the start, without remembering who it was: each is an HMAC under a key of this start alone.
final class ForgottenSubjects {
    private final SecretKey key;
    private final Set<Bytes> forgotten = ConcurrentHashMap.newKeySet();

    ForgottenSubjects(SecureRandom random) {
        var secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    boolean contain(String subject) {
        return !forgotten.isEmpty() && forgotten.contains(code(subject));
    }

    void add(String subject) {
        forgotten.add(code(subject));
    }

    void remove(String subject) {
        if (!forgotten.isEmpty()) forgotten.remove(code(subject));
    }

    private Bytes code(String subject) {
        return Bytes.unsafe(Crypto.hmacSha256(key).doFinal(Bytes.utf8(subject).unsafeArray()));
    }
}
