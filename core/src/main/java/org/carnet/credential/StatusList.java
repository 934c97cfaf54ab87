// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.Multibase;

import java.util.Map;

/// The states of many credentials of one issuer, by index: one array, written in the forms of both specifications.
///
/// A Bitstring Status List v1.0 has one bit for each entry and one list for each purpose, its first entry in the highest
/// bit of the first byte, compressed with gzip. A Token Status List (draft 20) has two bits here, its first entry in the
/// lowest bits, compressed with zlib. See docs/wire/status-lists.md.
public final class StatusList {
    /// As many entries as W3C asks for, so that one of them says little (Bitstring Status List section 6.1).
    public static final int SIZE = 131_072;

    static final int TOKEN_BITS = 2;

    private final byte[] tokenBytes;

    /// @param marked the entries that are not valid
    public StatusList(Map<Integer, Status> marked) {
        tokenBytes = new byte[SIZE * TOKEN_BITS / 8];
        marked.forEach(
                (index, status) -> {
                    if (index < 0 || index >= SIZE)
                        throw new IllegalArgumentException("a list has no entry " + index);
                    tokenBytes[index / 4] |= (byte) (status.code() << (index % 4 * TOKEN_BITS));
                });
    }

    private int code(int index) {
        return (tokenBytes[index / 4] >>> (index % 4 * TOKEN_BITS)) & 0b11;
    }

    /// The `encodedList` of the Bitstring Status List that tells who is revoked, or who is suspended.
    public String bitstring(Status told) {
        var bits = new byte[SIZE / 8];
        for (int i = 0; i < SIZE; i++)
            if (code(i) == told.code()) bits[i / 8] |= (byte) (0x80 >>> (i % 8));
        return Multibase.base64Url(Compression.GZIP.compress(bits));
    }

    /// The `lst` of the Token Status List, with two bits for each entry.
    public String token() {
        return Compression.ZLIB.compress(tokenBytes).toBase64Url();
    }

    /// The bits of a Bitstring Status List of somebody's.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    static Bytes ofBitstring(String encodedList) {
        if (!encodedList.startsWith("u"))
            throw new IllegalArgumentException("the encodedList is not base64url in multibase");
        return Compression.GZIP.expand(Multibase.decode(encodedList));
    }

    /// The bytes of a Token Status List of somebody's.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    static Bytes ofToken(String lst) {
        return Compression.ZLIB.expand(Bytes.base64Url(lst));
    }

    /// The entry of `size` bits, counted from the highest bit of the first byte.
    ///
    /// @return -1 if the list has no such entry
    static int bitstringAt(Bytes bits, long index, int size) {
        if (index < 0 || index >= (long) bits.length() * 8 / size) return -1;
        int value = 0;
        for (int i = 0; i < size; i++) {
            long bit = index * size + i;
            value = value << 1 | ((bits.at((int) (bit / 8)) >>> (7 - bit % 8)) & 1);
        }
        return value;
    }

    /// The entry of 1, 2, 4 or 8 bits, counted from the lowest bit of the first byte.
    ///
    /// @return -1 if the list has no such entry
    static int tokenAt(Bytes bytes, long index, int bits) {
        if (index < 0 || index >= (long) bytes.length() * 8 / bits) return -1;
        long bit = index * bits;
        return ((bytes.at((int) (bit / 8)) & 0xff) >>> (bit % 8)) & ((1 << bits) - 1);
    }
}
