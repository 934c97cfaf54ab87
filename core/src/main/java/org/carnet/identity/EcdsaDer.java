// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Converts ECDSA signatures between the 64 bytes of JOSE and COSE and the DER of the signature providers.
///
/// The DER is `30 length 02 length r 02 length s`, and only that: the shortest lengths, no leading zeros to spare.
final class EcdsaDer {
    private EcdsaDer() {}

    /// `raw` is r and s, 32 bytes each.
    static byte[] encode(byte[] raw) {
        int rFrom = firstOf(raw, 0);
        int sFrom = firstOf(raw, 32);
        int rPad = raw[rFrom] >>> 31;
        int sPad = raw[sFrom] >>> 31;
        int rLength = 32 - rFrom + rPad;
        int sLength = 64 - sFrom + sPad;
        var der = new byte[6 + rLength + sLength];
        der[0] = 0x30;
        der[1] = (byte) (4 + rLength + sLength);
        der[2] = 0x02;
        der[3] = (byte) rLength;
        System.arraycopy(raw, rFrom, der, 4 + rPad, 32 - rFrom);
        der[4 + rLength] = 0x02;
        der[5 + rLength] = (byte) sLength;
        System.arraycopy(raw, sFrom, der, 6 + rLength + sPad, 64 - sFrom);
        return der;
    }

    private static int firstOf(byte[] raw, int from) {
        int first = from;
        while (first < from + 31 && raw[first] == 0) first++;
        return first;
    }

    /// r and s, 32 bytes each, or null where the DER is not the one encoding of two such numbers.
    static byte @Nullable [] decode(byte[] der) {
        if (der.length < 8 || der.length > 72) return null;
        int rLength = der[3];
        if (rLength < 1 || rLength > 33 || 6 + rLength >= der.length) return null;
        int sLength = der.length - 6 - rLength;
        if (sLength > 33) return null;
        var raw = new byte[64];
        copyRightAligned(der, 4, rLength, raw, 32);
        copyRightAligned(der, 6 + rLength, sLength, raw, 64);
        return Arrays.equals(encode(raw), der) ? raw : null;
    }

    private static void copyRightAligned(byte[] from, int start, int length, byte[] to, int end) {
        int kept = Math.min(length, 32);
        System.arraycopy(from, start + length - kept, to, end - kept, kept);
    }
}
