// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.util.ArrayList;
import java.util.List;

/// A growing Merkle tree that remembers only its right edge: what is needed to append and to tell the root.
///
/// The edge is the roots of the perfect subtrees that the leaves fill, the largest first:
/// a tree of 13 leaves has those of 8, 4 and 1. Memory and each append are O(log n).
/// Not thread-safe.
public final class CompactTree {
    private final List<Hash> edge;
    private long size;

    public CompactTree() {
        this(0, List.of());
    }

    /// Goes on from what another tree told with [#size] and [#edge].
    public CompactTree(long size, List<Hash> edge) {
        if (size < 0 || Long.bitCount(size) != edge.size()) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves has no edge of " + edge.size() + " hashes");
        }
        this.size = size;
        this.edge = new ArrayList<>(edge);
    }

    /// The root over hashes that stand one after another, as in a tile.
    public static Hash root(Bytes hashes) {
        return over(hashes).root();
    }

    /// The tree over hashes that stand one after another, as in a tile.
    public static CompactTree over(Bytes hashes) {
        if (hashes.length() % Hash.LENGTH != 0) {
            throw new IllegalArgumentException(hashes.length() + " bytes are not whole hashes");
        }
        var tree = new CompactTree();
        for (int at = 0; at < hashes.length(); at += Hash.LENGTH) {
            tree.append(new Hash(hashes.slice(at, at + Hash.LENGTH)));
        }
        return tree;
    }

    public void append(Hash leaf) {
        var node = leaf;
        for (long filled = size; (filled & 1) == 1; filled >>= 1) {
            node = MerkleHash.node(edge.removeLast(), node);
        }
        edge.add(node);
        size++;
    }

    public long size() {
        return size;
    }

    /// The roots of the perfect subtrees, the largest first.
    public List<Hash> edge() {
        return List.copyOf(edge);
    }

    public Hash root() {
        if (edge.isEmpty()) return MerkleHash.empty();
        var root = edge.getLast();
        for (int i = edge.size() - 2; i >= 0; i--) root = MerkleHash.node(edge.get(i), root);
        return root;
    }

    public CompactTree copy() {
        return new CompactTree(size, edge);
    }
}
