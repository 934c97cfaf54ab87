// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes CBOR with the shortest head of every item (RFC 8949 section 4.2.1).
public final class CborWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    public CborWriter array(int size) {
        return head(CborReader.ARRAY, size);
    }

    public CborWriter map(int size) {
        return head(CborReader.MAP, size);
    }

    public CborWriter tag(int tag) {
        return head(CborReader.TAG, tag);
    }

    public CborWriter whole(long value) {
        return value >= 0
                ? head(CborReader.UNSIGNED, value)
                : head(CborReader.NEGATIVE, -1 - value);
    }

    public CborWriter bytes(byte[] value) {
        head(CborReader.BYTES, value.length);
        out.writeBytes(value);
        return this;
    }

    public CborWriter text(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(CborReader.TEXT, utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    public CborWriter bool(boolean value) {
        out.write(value ? 0xf5 : 0xf4);
        return this;
    }

    CborWriter nothing() {
        out.write(0xf6);
        return this;
    }

    /// The shortest of a whole number, four and eight bytes of floating point that is exactly the value.
    public CborWriter number(double value) {
        if (value == (long) value) return whole((long) value);
        if (value == (float) value) {
            out.write(0xfa);
            return bigEndian(Float.floatToIntBits((float) value), 4);
        }
        out.write(0xfb);
        return bigEndian(Double.doubleToLongBits(value), 8);
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    private CborWriter head(int major, long argument) {
        int type = major << 5;
        if (argument < 24) {
            out.write(type | (int) argument);
            return this;
        }
        int width = argument < 1L << 8 ? 0 : argument < 1L << 16 ? 1 : argument < 1L << 32 ? 2 : 3;
        out.write(type | (24 + width));
        return bigEndian(argument, 1 << width);
    }

    private CborWriter bigEndian(long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) out.write((int) (value >>> (8 * i)));
        return this;
    }
}
