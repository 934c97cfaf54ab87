// SPDX-License-Identifier: Apache-2.0
package org.carnet.jose;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// A compact JWS (RFC 7515 section 7.1), split and decoded strictly; nothing is said yet about what its header means.
///
/// Each part has exactly one text: the base64url alphabet, no padding, no bits left over (see RFC 4648 section 3.5).
public record Jws(Bytes header, Bytes payload, Bytes signingInput, Bytes signature) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static Jws parse(Bytes text) {
        var raw = text.unsafeArray();
        int first = indexOfDot(raw, 0);
        int second = indexOfDot(raw, first + 1);
        if (first < 0 || second < 0 || indexOfDot(raw, second + 1) >= 0)
            throw new IllegalArgumentException(
                    "a compact JWS has three parts with dots between them");
        return new Jws(
                decode(raw, 0, first, "header"),
                decode(raw, first + 1, second, "payload"),
                Bytes.unsafe(Arrays.copyOf(raw, second)),
                decode(raw, second + 1, raw.length, "signature"));
    }

    /// The ASCII bytes of the token; the header has to name the key's algorithm.
    public static Bytes sign(String header, Bytes payload, SigningKey key) {
        var signed = encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(payload);
        var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return Bytes.utf8(signed + "." + encode(signature));
    }

    /// How a header names the algorithm: `EdDSA` rather than the newer `Ed25519` (RFC 9864), which fewer libraries know.
    public static String name(Algorithm algorithm) {
        return switch (algorithm) {
            case ED25519 -> "EdDSA";
            case P256 -> "ES256";
        };
    }

    /// Whether the signature is this key's, by the algorithm that the header named; a key is for one algorithm.
    public boolean isSignedBy(VerificationKey key, String algorithm) {
        var fits =
                switch (key.did().algorithm()) {
                    case ED25519 -> algorithm.equals("EdDSA") || algorithm.equals("Ed25519");
                    case P256 -> algorithm.equals("ES256");
                };
        return fits && key.verify(signingInput.unsafeArray(), signature.unsafeArray());
    }

    private static int indexOfDot(byte[] raw, int from) {
        for (int i = from; i < raw.length; i++) if (raw[i] == '.') return i;
        return -1;
    }

    private static String encode(Bytes bytes) {
        return encode(bytes.unsafeArray());
    }

    private static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static Bytes decode(byte[] raw, int from, int to, String part) {
        if (from == to) // a payload may be empty; a header or signature says nothing then
        return Bytes.unsafe(new byte[0]);
        try {
            var decoded = DECODER.decode(ByteBuffer.wrap(raw, from, to - from)).array();
            if (raw[to - 1] != '=' && leavesNoBits(raw, from, to)) return Bytes.unsafe(decoded);
        } catch (IllegalArgumentException e) {
            // said below, as for what the decoder lets pass
        }
        throw new IllegalArgumentException("the " + part + " is not base64url without padding");
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
