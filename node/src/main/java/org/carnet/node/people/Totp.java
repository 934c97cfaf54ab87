// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes that change every thirty seconds (RFC 6238), as authenticator apps make them: six digits, HMAC-SHA-1.
///
/// SHA-1 is what all apps understand; HMAC does not need it to resist collisions.
final class Totp {
    static final int DIGITS = 6;
    static final long PERIOD_SECONDS = 30;

    /// As long as the hash (RFC 4226 section 4, R6).
    static final int SECRET_LENGTH = 20;

    /// How many steps a phone's clock may be off, to either side (RFC 6238 section 5.2).
    private static final int TOLERANCE = 1;

    private Totp() {}

    /// The step whose code this is, if it is near enough; whoever asks sees to it that a step is taken once.
    static OptionalLong matchingStep(Bytes secret, String code, Instant now) {
        long current = now.getEpochSecond() / PERIOD_SECONDS;
        var found = OptionalLong.empty();
        for (long step = current - TOLERANCE; step <= current + TOLERANCE; step++) {
            var expected = code(secret, step, DIGITS, "HmacSHA1");
            if (MessageDigest.isEqual(
                    Bytes.utf8(expected).unsafeArray(), Bytes.utf8(code).unsafeArray()))
                found = OptionalLong.of(step);
        }
        return found;
    }

    static String code(Bytes secret, long step, int digits, String algorithm) {
        byte[] hash;
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.toArray(), algorithm));
            hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
        int offset = hash[hash.length - 1] & 0xf;
        long number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffffL;
        return String.format(
                Locale.ROOT, "%0" + digits + "d", number % (long) Math.pow(10, digits));
    }
}
