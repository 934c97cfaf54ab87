// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The proofs of a tree of one size, computed from its tiles in O(log n).
///
/// It keeps the tiles that it has read, so it is made for a question and dropped. It believes its tiles: whoever got
/// them from somebody else verifies the proof against a signed checkpoint. Not thread-safe.
public final class Proofs {
    private final TileReader reader;
    private final long size;
    private final Map<Tile, Bytes> read = new HashMap<>();

    public Proofs(TileReader reader, long size) {
        if (size < 0) throw new IllegalArgumentException("the size is negative");
        this.reader = reader;
        this.size = size;
    }

    /// Whether the tree of `later` grew from that of `earlier` by appending only, going by the tiles of `later`.
    ///
    /// The answer stands whatever the tiles are: wrong ones can only turn it to `false`.
    public static boolean extend(Checkpoint earlier, Checkpoint later, TileReader tiles)
            throws IOException {
        if (!earlier.origin().equals(later.origin()) || earlier.size() > later.size()) return false;
        if (earlier.size() == 0) return true;
        return new Proofs(tiles, later.size())
                .consistency(earlier.size())
                .verifies(earlier.root(), later.root());
    }

    /// The hash of the leaf at `index`.
    public Hash leaf(long index) throws IOException {
        requireLeaf(index);
        return perfect(index, index + 1);
    }

    /// The tree itself, ready to grow.
    public CompactTree tree() throws IOException {
        return tree(size);
    }

    /// The tree of the first `earlier` leaves, ready to grow.
    public CompactTree tree(long earlier) throws IOException {
        if (earlier < 0 || earlier > size) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves did not grow from one of " + earlier);
        }
        var edge = new ArrayList<Hash>();
        long start = 0;
        for (long rest = earlier; rest > 0; rest -= Long.highestOneBit(rest)) {
            long end = start + Long.highestOneBit(rest);
            edge.add(perfect(start, end));
            start = end;
        }
        return new CompactTree(earlier, edge);
    }

    public Hash root() throws IOException {
        return tree().root();
    }

    /// The root that this tree had when it had only its first `earlier` leaves.
    public Hash root(long earlier) throws IOException {
        if (earlier < 0 || earlier > size) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves never had " + earlier);
        }
        return earlier == 0 ? MerkleHash.empty() : hash(0, earlier);
    }

    /// PATH of RFC 9162 section 2.1.3.1.
    public InclusionProof inclusion(long index) throws IOException {
        requireLeaf(index);
        var path = new ArrayList<Hash>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long split = split(start, end);
            if (index < split) {
                path.add(hash(split, end));
                end = split;
            } else {
                path.add(hash(start, split));
                start = split;
            }
        }
        return new InclusionProof(index, size, path.reversed());
    }

    /// PROOF of RFC 9162 section 2.1.4.1, from the tree of the first `earlier` leaves, of which there is at least one.
    public ConsistencyProof consistency(long earlier) throws IOException {
        if (earlier < 1 || earlier > size) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves did not grow from one of " + earlier);
        }
        var path = new ArrayList<Hash>();
        long start = 0;
        long end = size;
        while (end != earlier) {
            long split = split(start, end);
            if (earlier <= split) {
                path.add(hash(split, end));
                end = split;
            } else {
                path.add(hash(start, split));
                start = split;
            }
        }
        // The earlier root itself is known to whoever asks.
        if (start > 0) path.add(hash(start, end));
        return new ConsistencyProof(earlier, size, path.reversed());
    }

    /// SUBTREE_PROOF of draft-ietf-plants-merkle-tree-certs section 4.4: that this tree has that part.
    public List<Hash> subtree(Subtree part) throws IOException {
        if (part.start() == part.end() || part.end() > size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has no part " + part);
        }
        var path = new ArrayList<Hash>();
        long start = 0;
        long end = size;
        long first = part.start();
        boolean isKnown = true;
        while (first != start || part.end() != end) {
            long split = split(start, end);
            if (part.end() <= split) {
                path.add(hash(split, end));
                end = split;
                continue;
            }
            path.add(hash(start, split));
            start = split;
            // The part reaches over the split: what it has on the left is known from its own root
            // no more.
            if (first < split) {
                first = split;
                isKnown = false;
            }
        }
        if (!isKnown) path.add(hash(start, end));
        return path.reversed();
    }

    private void requireLeaf(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves has no leaf " + index);
        }
    }

    /// Where a tree over these leaves parts: after the largest power of two that is less than their number.
    private static long split(long start, long end) {
        return start + Long.highestOneBit(end - start - 1);
    }

    /// MTH(D[start:end]).
    private Hash hash(long start, long end) throws IOException {
        if (Long.bitCount(end - start) == 1) return perfect(start, end);
        long split = split(start, end);
        return MerkleHash.node(perfect(start, split), hash(split, end));
    }

    /// The hash over an aligned power of two of leaves: it lies within one tile.
    private Hash perfect(long start, long end) throws IOException {
        int height = Long.numberOfTrailingZeros(end - start);
        int level = height / Tile.HEIGHT;
        long first = start >> (level * Tile.HEIGHT);
        int offset = (int) (first % Tile.FULL_WIDTH) * Hash.LENGTH;
        int length = Hash.LENGTH << (height % Tile.HEIGHT);
        var content = content(Tile.at(level, first / Tile.FULL_WIDTH, size));
        return CompactTree.root(content.slice(offset, offset + length));
    }

    private Bytes content(Tile tile) throws IOException {
        var known = read.get(tile);
        if (known != null) return known;
        var content = reader.tile(tile);
        if (content.length() != tile.length()) {
            throw new IOException(
                    tile.path() + " has " + content.length() + " bytes, not " + tile.length());
        }
        read.put(tile, content);
        return content;
    }
}
