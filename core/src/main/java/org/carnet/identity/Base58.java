// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import java.util.Arrays;

/// The base58btc alphabet of multibase: each zero byte in front is a `1`, and the rest is one number.
///
/// Every text has exactly one value and every value one text.
final class Base58 {
    private static final String ALPHABET =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final byte[] DIGITS = digits();

    /// 58 to the fifth is below two to the thirtieth.
    private static final int DIGITS_AT_ONCE = 5;

    private Base58() {}

    private static byte[] digits() {
        var digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) digits[ALPHABET.charAt(i)] = (byte) i;
        return digits;
    }

    static String encode(byte[] value) {
        var rest = value.clone();
        int zeros = 0;
        while (zeros < rest.length && rest[zeros] == 0) zeros++;
        var text = new StringBuilder();
        for (int start = zeros; start < rest.length; ) {
            int remainder = 0;
            for (int i = start; i < rest.length; i++) {
                int part = (remainder << 8) | (rest[i] & 0xff);
                rest[i] = (byte) (part / 58);
                remainder = part % 58;
            }
            text.append(ALPHABET.charAt(remainder));
            while (start < rest.length && rest[start] == 0) start++;
        }
        return text.append("1".repeat(zeros)).reverse().toString();
    }

    /// The value of the text from `from` on, or no bytes where it is not base58.
    static byte[] decode(String text, int from) {
        int zeros = 0;
        while (from + zeros < text.length() && text.charAt(from + zeros) == '1') zeros++;
        // 58 < 2^5.86, so 0.74 bytes per digit are always enough; limbs of 32 bits, lowest first.
        var limbs = new int[(text.length() - from) * 74 / 400 + 1];
        for (int i = from; i < text.length(); ) {
            // As many digits at once as one limb takes.
            int group = 0;
            int scale = 1;
            for (int end = Math.min(i + DIGITS_AT_ONCE, text.length()); i < end; i++) {
                char c = text.charAt(i);
                int digit = c < 128 ? DIGITS[c] : -1;
                if (digit < 0) return new byte[0];
                group = group * 58 + digit;
                scale *= 58;
            }
            long carry = group;
            for (int l = 0; l < limbs.length; l++) {
                carry += (limbs[l] & 0xffffffffL) * scale;
                limbs[l] = (int) carry;
                carry >>>= 32;
            }
        }
        int length = limbs.length * 4;
        while (length > 0 && byteAt(limbs, length - 1) == 0) length--;
        var value = new byte[zeros + length];
        for (int i = 0; i < length; i++) value[zeros + length - 1 - i] = byteAt(limbs, i);
        return value;
    }

    private static byte byteAt(int[] limbs, int index) {
        return (byte) (limbs[index / 4] >>> (index % 4 * 8));
    }
}
