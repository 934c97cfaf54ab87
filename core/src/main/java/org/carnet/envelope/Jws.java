// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.identity.SigningKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// A compact JWS (RFC 7515 section 7.1), split and decoded strictly; nothing is said yet about what its header means.
///
/// Each part has exactly one text: the base64url alphabet, no padding, no bits left over (see RFC 4648 section 3.5).
record Jws(byte[] header, byte[] payload, byte[] signingInput, byte[] signature) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    static Jws parse(byte[] raw) throws Malformed {
        int first = indexOfDot(raw, 0);
        int second = indexOfDot(raw, first + 1);
        if (first < 0 || second < 0 || indexOfDot(raw, second + 1) >= 0)
            throw Malformed.envelope("a compact JWS has three parts with dots between them");
        return new Jws(
                decode(raw, 0, first, "header"),
                decode(raw, first + 1, second, "payload"),
                Arrays.copyOf(raw, second),
                decode(raw, second + 1, raw.length, "signature"));
    }

    static byte[] sign(String header, byte[] payload, SigningKey key) {
        var signed = encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(payload);
        var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return (signed + "." + encode(signature)).getBytes(StandardCharsets.US_ASCII);
    }

    private static int indexOfDot(byte[] raw, int from) {
        for (int i = from; i < raw.length; i++) if (raw[i] == '.') return i;
        return -1;
    }

    private static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static byte[] decode(byte[] raw, int from, int to, String part) throws Malformed {
        if (from == to)
            return new byte[0]; // a payload may be empty; a header or signature says nothing then
        try {
            var decoded = DECODER.decode(ByteBuffer.wrap(raw, from, to - from)).array();
            if (raw[to - 1] != '=' && leavesNoBits(raw, from, to)) return decoded;
        } catch (IllegalArgumentException e) {
            // said below, as for what the decoder lets pass
        }
        throw Malformed.envelope("the " + part + " is not base64url without padding");
    }

    /// Whether the last digit has only zeros where its bits are not used.
    private static boolean leavesNoBits(byte[] raw, int from, int to) {
        int unused =
                switch ((to - from) % 4) {
                    case 2 -> 0b1111;
                    case 3 -> 0b11;
                    default -> 0;
                };
        return unused == 0 || (digit(raw[to - 1]) & unused) == 0;
    }

    private static int digit(byte c) {
        if (c >= 'A' && c <= 'Z') return c - 'A';
        if (c >= 'a' && c <= 'z') return c - 'a' + 26;
        if (c >= '0' && c <= '9') return c - '0' + 52;
        return c == '-' ? 62 : 63;
    }
}
