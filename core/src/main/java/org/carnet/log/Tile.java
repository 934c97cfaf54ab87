// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.util.ArrayList;
import java.util.List;

/// The place of a run of up to 256 hashes of the tree, kept and served as one file (C2SP tlog-tiles).
///
/// Level 0 holds the hashes of leaves; each hash of a level above is the root of one full tile below.
///
/// ```text
/// tile/0/x001/x234/067       level 0, index 1234067, full: 8192 bytes
/// tile/1/000.p/17            level 1, index 0, the 17 hashes it has so far: 544 bytes
/// ```
public record Tile(int level, long index, int width) {
    public static final int FULL_WIDTH = 256;

    /// A tree of 2^63 - 1 leaves has no tile above.
    public static final int MAX_LEVEL = 7;

    static final int HEIGHT = 8;

    public Tile {
        if (level < 0 || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException(
                    "no tile has level " + level + ", index " + index + ", width " + width);
        }
    }

    /// The tile as wide as it is in a tree of `size` leaves, which must reach it.
    public static Tile at(int level, long index, long size) {
        long hashes = (size >> (HEIGHT * level)) - index * FULL_WIDTH;
        return new Tile(level, index, Math.clamp(hashes, 0, FULL_WIDTH));
    }

    /// The partial tiles at the right edge of a tree of `size` leaves, lowest first.
    public static List<Tile> partial(long size) {
        var tiles = new ArrayList<Tile>();
        for (int level = 0; level <= MAX_LEVEL; level++) {
            long hashes = size >> (HEIGHT * level);
            int width = (int) (hashes % FULL_WIDTH);
            if (width > 0) tiles.add(new Tile(level, hashes / FULL_WIDTH, width));
        }
        return tiles;
    }

    /// How many full tiles a tree of `size` leaves has at a level.
    public static long full(int level, long size) {
        return level == MAX_LEVEL ? 0 : size >> (HEIGHT * (level + 1));
    }

    /// The full tile that this one becomes.
    public Tile completed() {
        return new Tile(level, index, FULL_WIDTH);
    }

    public boolean isFull() {
        return width == FULL_WIDTH;
    }

    /// The length of the content in bytes.
    public int length() {
        return width * Hash.LENGTH;
    }

    /// The path below the log's prefix.
    public String path() {
        return "tile/" + level + "/" + number(index, width);
    }

    /// The hash that stands for this full tile in the level above.
    public Hash root(Bytes content) {
        if (!isFull() || content.length() != length()) {
            throw new IllegalArgumentException(
                    path() + " with " + content.length() + " bytes has no hash above");
        }
        return CompactTree.root(content);
    }

    /// `x001/x234/067` for 1234067, and `.p/` with the width unless full.
    static String number(long index, int width) {
        var path = "%03d".formatted(index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = "x%03d/".formatted(rest % 1000) + path;
        }
        return width == FULL_WIDTH ? path : path + ".p/" + width;
    }
}
