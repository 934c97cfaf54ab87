// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.jose.Json;

import java.math.BigDecimal;
import java.util.Arrays;

/// Reads the part of CBOR (RFC 8949) that COSE and SenML need, item by item; all else is refused.
///
/// There are no indefinite lengths, no big numbers, no simple values but false and true, and no tags but those asked for.
public final class CborReader {
    public static final int UNSIGNED = 0;
    public static final int NEGATIVE = 1;
    public static final int BYTES = 2;
    public static final int TEXT = 3;
    public static final int ARRAY = 4;
    public static final int MAP = 5;
    public static final int TAG = 6;
    public static final int SIMPLE = 7;

    private static final int DEEPEST = 16;
    private static final int DECIMAL_FRACTION = 4;
    private static final int LARGEST_EXPONENT = 400;

    /// Says what a failure means to the reader of this document.
    public interface Complaint {
        Malformed because(String detail);
    }

    private final byte[] data;
    private final Complaint complaint;
    private int at;

    public CborReader(byte[] data, Complaint complaint) {
        this.data = data;
        this.complaint = complaint;
    }

    /// How many bytes have been read.
    int position() {
        return at;
    }

    /// The major type of the next item.
    public int next() throws Malformed {
        need(1);
        return (data[at] & 0xff) >>> 5;
    }

    public void end() throws Malformed {
        if (at != data.length) throw complaint.because("bytes follow the end of the CBOR item");
    }

    public int array() throws Malformed {
        return size(ARRAY, "an array");
    }

    public int map() throws Malformed {
        return size(MAP, "a map");
    }

    /// The tag, which is small in all that we read.
    public int tag() throws Malformed {
        long tag = head(TAG, "a tag");
        return (int) Math.min(tag & Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    public byte[] bytes() throws Malformed {
        int length = size(BYTES, "a byte string");
        at += length;
        return Arrays.copyOfRange(data, at - length, at);
    }

    public String text() throws Malformed {
        int length = size(TEXT, "a text string");
        at += length;
        return utf8(Arrays.copyOfRange(data, at - length, at));
    }

    String utf8(byte[] bytes) throws Malformed {
        var text = Json.utf8(Bytes.unsafe(bytes));
        if (text == null) throw complaint.because("a text is not UTF-8");
        return text;
    }

    /// A whole number that fits in 64 signed bits.
    public long whole() throws Malformed {
        boolean negative = next() == NEGATIVE;
        long argument = negative ? head(NEGATIVE, "") : head(UNSIGNED, "a whole number");
        if (argument < 0) throw complaint.because("a whole number is too large");
        return negative ? -1 - argument : argument;
    }

    /// A number in any of the ways of SenML: whole, floating point or decimal fraction (tag 4).
    public double number() throws Malformed {
        return switch (next()) {
            case UNSIGNED, NEGATIVE -> whole();
            case TAG -> decimalFraction();
            default -> floatingPoint();
        };
    }

    private double decimalFraction() throws Malformed {
        if (tag() != DECIMAL_FRACTION || array() != 2)
            throw complaint.because("a tagged item is not a decimal fraction");
        long exponent = whole();
        long mantissa = whole();
        if (Math.abs(exponent) > LARGEST_EXPONENT)
            throw complaint.because("the exponent of a decimal fraction is too large");
        return BigDecimal.valueOf(mantissa, (int) -exponent).doubleValue();
    }

    private double floatingPoint() throws Malformed {
        need(1);
        int additional = data[at] & 0x1f;
        long bits = head(SIMPLE, "a number");
        return switch (additional) {
            case 25 -> Float.float16ToFloat((short) bits);
            case 26 -> Float.intBitsToFloat((int) bits);
            case 27 -> Double.longBitsToDouble(bits);
            default -> throw complaint.because("expected a number");
        };
    }

    public boolean bool() throws Malformed {
        need(1);
        return switch (data[at++] & 0xff) {
            case 0xf4 -> false;
            case 0xf5 -> true;
            default -> throw complaint.because("expected true or false");
        };
    }

    /// The simple value null.
    void nothing() throws Malformed {
        need(1);
        if ((data[at++] & 0xff) != 0xf6) throw complaint.because("expected null");
    }

    /// Passes over an item whose meaning is not known.
    public void skip() throws Malformed {
        skip(0);
    }

    private void skip(int depth) throws Malformed {
        if (depth > DEEPEST) throw complaint.because("CBOR is nested too deeply");
        int within = 0;
        switch (next()) {
            case BYTES -> bytes();
            case TEXT -> text();
            case ARRAY -> within = array();
            case MAP -> within = 2 * map();
            case TAG -> {
                tag();
                within = 1;
            }
            default -> head(next(), "");
        }
        for (int i = 0; i < within; i++) skip(depth + 1);
    }

    private int size(int major, String expected) throws Malformed {
        long size = head(major, expected);
        // Every element has at least one byte, so no count can exceed what is left.
        if (size < 0 || size > data.length - at)
            throw complaint.because("the CBOR ends before " + expected + " does");
        return (int) size;
    }

    /// The argument of the next item, which has to be of this major type; above 2^63 it is negative.
    private long head(int major, String expected) throws Malformed {
        if (next() != major) throw complaint.because("expected " + expected);
        int additional = data[at++] & 0x1f;
        if (additional < 24) return additional;
        if (additional > 27) throw complaint.because("CBOR of indefinite length is not taken");
        int width = 1 << (additional - 24);
        need(width);
        long argument = 0;
        for (int i = 0; i < width; i++) argument = (argument << 8) | (data[at++] & 0xff);
        return argument;
    }

    private void need(int bytes) throws Malformed {
        if (bytes > data.length - at) throw complaint.because("the CBOR ends too early");
    }
}
