// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The code of RFC 6238, as a person's phone makes it.
final class OneTimeCode {
    private OneTimeCode() {}

    static String of(String base32) throws GeneralSecurityException {
        return of(base32, 0);
    }

    /// @param later which step after that of now
    static String of(String base32, int later) throws GeneralSecurityException {
        var bits = new StringBuilder();
        for (char letter : base32.toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            bits.append(Integer.toBinaryString(32 | value).substring(1));
        }
        var key = new byte[bits.length() / 8];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        long step = Instant.now().getEpochSecond() / 30 + later;
        var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
        return String.format("%06d", number % 1_000_000);
    }
}
