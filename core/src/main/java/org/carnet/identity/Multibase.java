// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

/// Bytes as text that says its own alphabet: `z` base58btc, `u` base64url without padding (Controlled Identifiers 1.0,
/// section 2.4).
///
/// Decoding is strict: what decodes is the one text of its bytes in that alphabet.
public final class Multibase {
    /// Base58 costs the square of its length, and what is written in it here is a key, a hash or a signature.
    private static final int LONGEST_BASE58 = 512;

    private Multibase() {}

    public static String base58btc(Bytes value) {
        return "z" + Base58.encode(value.unsafeArray());
    }

    public static String base64Url(Bytes value) {
        return "u" + value.toBase64Url();
    }

    /// The bytes of a text in one of the two alphabets.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static Bytes decode(String text) {
        if (text.startsWith("u")) return Bytes.base64Url(text.substring(1));
        return decodeBase58btc(text);
    }

    /// The bytes of a text that has to be base58btc.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static Bytes decodeBase58btc(String text) {
        if (!text.startsWith("z"))
            throw new IllegalArgumentException("a multibase value in base58btc starts with z");
        if (text.length() > LONGEST_BASE58)
            throw new IllegalArgumentException("the multibase value is too long for base58btc");
        var value = Base58.decode(text, 1);
        if (value.length == 0)
            throw new IllegalArgumentException("the multibase value is not base58btc");
        return Bytes.unsafe(value);
    }
}
