// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Up to 256 entries of the log, kept and served as one file beside the tile of their hashes (C2SP tlog-tiles).
///
/// ```text
/// u16 length | entry | u16 length | entry | …        big-endian
/// ```
public record EntryBundle(List<Bytes> entries) {
    private static final int MAX_ENTRY = 0xffff;

    public EntryBundle {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > Tile.FULL_WIDTH) {
            throw new IllegalArgumentException("no bundle has " + entries.size() + " entries");
        }
        for (var entry : entries) {
            if (entry.length() > MAX_ENTRY) {
                throw new IllegalArgumentException(
                        "an entry of " + entry.length() + " bytes is too long for a bundle");
            }
        }
    }

    /// @throws IllegalArgumentException if these are not the bytes of exactly `width` entries
    public static EntryBundle parse(Bytes encoded, int width) {
        var entries = new ArrayList<Bytes>(width);
        var lengths = ByteBuffer.wrap(encoded.unsafeArray());
        int at = 0;
        while (at < encoded.length()) {
            int start = at + Short.BYTES;
            if (start > encoded.length()) throw torn();
            int end = start + Short.toUnsignedInt(lengths.getShort(at));
            if (end > encoded.length()) throw torn();
            entries.add(encoded.slice(start, end));
            at = end;
        }
        if (entries.size() != width) {
            throw new IllegalArgumentException(
                    "the bundle has " + entries.size() + " entries, not " + width);
        }
        return new EntryBundle(entries);
    }

    private static IllegalArgumentException torn() {
        return new IllegalArgumentException("the bundle ends within an entry");
    }

    /// The path below the log's prefix: `tile/entries/x001/067.p/3`.
    public static String path(long index, int width) {
        return "tile/entries/" + Tile.number(index, width);
    }

    public Bytes encode() {
        int length = entries.stream().mapToInt(entry -> Short.BYTES + entry.length()).sum();
        var buffer = ByteBuffer.allocate(length);
        for (var entry : entries) {
            buffer.putShort((short) entry.length()).put(entry.unsafeArray());
        }
        return Bytes.unsafe(buffer.array());
    }
}
