// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;

/// RFC 4648 section 6 without padding, for what people type: no letter looks like a digit that it also has.
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(Bytes bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (int i = 0; i < bytes.length(); i++) {
            buffer = (buffer << 8) | (bytes.at(i) & 0xff);
            held += 8;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt((buffer >> held) & 31));
                buffer &= (1 << held) - 1;
            }
        }
        if (held > 0) text.append(ALPHABET.charAt((buffer << (BITS - held)) & 31));
        return text.toString();
    }
}
