// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.CompactTree;
import org.carnet.log.EntryBundle;
import org.carnet.log.Hash;
import org.carnet.log.MerkleHash;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Cuts a growing tree into tiles and bundles: the full ones as they fill, those of the right edge when asked.
///
/// It holds the edge only, so memory does not grow with the tree. Not thread-safe.
final class Tiling {
    /// Takes what is cut: writes it, or compares it with what was written.
    interface Sink {
        void tile(Tile tile, Bytes hashes) throws IOException;

        void bundle(long index, int width, Bytes entries) throws IOException;
    }

    /// The tree over the full tiles of level 0; what is behind them stands in the edge.
    private final CompactTree full;

    private long size;

    /// The hashes of the partial tile at each level.
    private final List<ByteBuffer> edge = new ArrayList<>();

    /// The entries behind the partial tile of level 0.
    private final List<Bytes> entries;

    Tiling() {
        this(new CompactTree(), List.of());
    }

    /// Goes on from a tree, whose edge is put in with [#resume].
    Tiling(CompactTree tree, List<Bytes> entries) {
        this.size = tree.size();
        long tiles = Tile.full(0, size);
        this.full = new CompactTree(tiles, tree.edge().subList(0, Long.bitCount(tiles)));
        this.entries = new ArrayList<>(entries);
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            edge.add(ByteBuffer.allocate(Tile.FULL_WIDTH * Hash.LENGTH));
        }
    }

    /// Puts in a partial tile of the edge.
    void resume(Tile tile, Bytes hashes) {
        edge.get(tile.level()).put(hashes.unsafeArray());
    }

    /// Whether the entries are those whose hashes stand in the partial tile of level 0.
    boolean hasItsEntries() {
        var hashes = edge.getFirst();
        var expected = ByteBuffer.allocate(hashes.capacity());
        for (var entry : entries) expected.put(MerkleHash.leaf(entry).bytes().unsafeArray());
        return expected.flip().equals(hashes.duplicate().flip());
    }

    long size() {
        return size;
    }

    Hash root() {
        // The perfect subtrees of the leaves are those of the full tiles, and then those of the
        // partial one.
        var roots = new ArrayList<>(full.edge());
        roots.addAll(CompactTree.over(edge(0)).edge());
        return new CompactTree(size, roots).root();
    }

    void append(Bytes leaf, Sink sink) throws IOException {
        entries.add(leaf);
        size++;
        if (entries.size() == Tile.FULL_WIDTH) {
            long index = Tile.full(0, size()) - 1;
            sink.bundle(index, Tile.FULL_WIDTH, new EntryBundle(entries).encode());
            entries.clear();
        }
        add(0, MerkleHash.leaf(leaf), sink);
    }

    /// Takes the hashes of a full tile of level 0 whose entries are not there any more.
    void skip(Bytes hashes, Sink sink) throws IOException {
        if (hashes.length() != Tile.FULL_WIDTH * Hash.LENGTH) {
            throw new IllegalArgumentException("a tile that is not full stands for full ones");
        }
        for (int at = 0; at < hashes.length(); at += Hash.LENGTH) {
            var hash = new Hash(hashes.slice(at, at + Hash.LENGTH));
            size++;
            add(0, hash, sink);
        }
    }

    private void add(int level, Hash hash, Sink sink) throws IOException {
        var hashes = edge.get(level).put(hash.bytes().unsafeArray());
        if (hashes.hasRemaining()) return;
        var tile = new Tile(level, Tile.full(level, size()) - 1, Tile.FULL_WIDTH);
        var content = written(hashes);
        hashes.clear();
        sink.tile(tile, content);
        var root = tile.root(content);
        if (level == 0) full.append(root);
        add(level + 1, root, sink);
    }

    /// Hands over the partial tiles and the partial bundle that the tree ends with now.
    void cutEdge(Sink sink) throws IOException {
        if (!entries.isEmpty()) {
            sink.bundle(Tile.full(0, size()), entries.size(), new EntryBundle(entries).encode());
        }
        for (var tile : Tile.partial(size())) {
            sink.tile(tile, edge(tile.level()));
        }
    }

    /// The hashes of the partial tile at a level.
    Bytes edge(int level) {
        return written(edge.get(level));
    }

    /// The entries behind the partial tile of level 0.
    List<Bytes> entries() {
        return List.copyOf(entries);
    }

    private static Bytes written(ByteBuffer hashes) {
        var copy = new byte[hashes.position()];
        hashes.get(0, copy);
        return Bytes.unsafe(copy);
    }
}
