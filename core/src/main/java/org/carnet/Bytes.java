// SPDX-License-Identifier: Apache-2.0
package org.carnet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// An immutable sequence of bytes, so that no array is shared between packages by accident.
///
/// Decoding is strict: what decodes is the one canonical text of its bytes, so a text can stand for its bytes.
/// Text that is not canonical throws [IllegalArgumentException].
public final class Bytes {
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes copyOf(byte[] content) {
        return new Bytes(content.clone());
    }

    /// Takes the array as it is, for the hot path; whoever calls this must never write to it again.
    public static Bytes unsafe(byte[] content) {
        return new Bytes(content);
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Lower-case hexadecimal.
    public static Bytes hex(String text) {
        var bytes = new Bytes(HexFormat.of().parseHex(text));
        return canonical(bytes, bytes.toHex(), text);
    }

    /// RFC 4648 section 4, with padding.
    public static Bytes base64(String text) {
        var bytes = new Bytes(Base64.getDecoder().decode(text));
        return canonical(bytes, bytes.toBase64(), text);
    }

    /// RFC 4648 section 5, without padding, as JOSE demands (RFC 7515 section 2).
    public static Bytes base64Url(String text) {
        var bytes = new Bytes(Base64.getUrlDecoder().decode(text));
        return canonical(bytes, bytes.toBase64Url(), text);
    }

    private static Bytes canonical(Bytes bytes, String canonical, String given) {
        if (!canonical.equals(given))
            throw new IllegalArgumentException("not the canonical encoding of its bytes");
        return bytes;
    }

    public int length() {
        return content.length;
    }

    public byte at(int index) {
        return content[index];
    }

    /// The bytes from `from` (inclusive) to `to` (exclusive).
    public Bytes slice(int from, int to) {
        if (from < 0 || to < from || to > content.length) {
            throw new IndexOutOfBoundsException(
                    "slice " + from + " to " + to + " of " + content.length + " bytes");
        }
        return new Bytes(Arrays.copyOfRange(content, from, to));
    }

    public byte[] toArray() {
        return content.clone();
    }

    /// The array itself, for the hot path; whoever calls this must never write to it.
    public byte[] unsafeArray() {
        return content;
    }

    public String toHex() {
        return HexFormat.of().formatHex(content);
    }

    public String toBase64() {
        return Base64.getEncoder().encodeToString(content);
    }

    public String toBase64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }

    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /// Tells the length only: bytes may be secret.
    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
