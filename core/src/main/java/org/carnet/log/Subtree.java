// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import java.util.List;
import java.util.Optional;

/// The leaves from `start` (inclusive) to `end` (exclusive) of a tree, taken as a tree of their own.
///
/// Only where `start` is a multiple of the smallest power of two that holds them do they stand under one node, so only
/// then can anything be proved of them (Subtrees in draft-ietf-plants-merkle-tree-certs).
public record Subtree(long start, long end) {
    public Subtree {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no leaves lie from " + start + " to " + end);
        }
    }

    /// Whether the leaf stands at an index of the whole tree that lies in this part, under the root of this part.
    public boolean includes(long index, Hash leaf, List<Hash> path, Hash root) {
        return isAligned()
                && index >= start
                && index < end
                && new InclusionProof(index - start, end - start, path).verifies(leaf, root);
    }

    /// Whether a tree of `size` leaves with `treeRoot` has this part with `root`.
    ///
    /// Two hashes rise from the same node: one meets only what belongs to the part, the other everything.
    public boolean isPartOf(long size, List<Hash> path, Hash root, Hash treeRoot) {
        if (start == end && end <= size) {
            return path.isEmpty() && root.equals(MerkleHash.empty());
        }
        return whole(size, path, root).equals(Optional.of(treeRoot));
    }

    /// The root of the tree of `size` leaves that has this part with `root`; empty if there is none by this path.
    Optional<Hash> whole(long size, List<Hash> path, Hash root) {
        if (!isAligned() || end > size || start == end) return Optional.empty();
        long first = start;
        long node = end - 1;
        long last = size - 1;
        // Up to the node from which the proof starts: the largest that ends with this part.
        while (first != node && (node == last || (node & 1) == 1)) {
            first >>= 1;
            node >>= 1;
            last >>= 1;
        }
        boolean known = first == node;
        if (!known && path.isEmpty()) return Optional.empty();
        var partHash = known ? root : path.getFirst();
        var treeHash = partHash;
        for (var sibling : known ? path : path.subList(1, path.size())) {
            if (last == 0) return Optional.empty();
            if ((node & 1) == 1 || node == last) {
                if (first < node) partHash = MerkleHash.node(sibling, partHash);
                treeHash = MerkleHash.node(sibling, treeHash);
                // The rightmost node rises alone until it has a left sibling.
                int alone = Long.numberOfTrailingZeros(node);
                first >>= alone;
                node >>= alone;
                last >>= alone;
            } else {
                treeHash = MerkleHash.node(treeHash, sibling);
            }
            first >>= 1;
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && partHash.equals(root) ? Optional.of(treeHash) : Optional.empty();
    }

    private boolean isAligned() {
        if (start == 0 || start == end) return true;
        int height = Long.SIZE - Long.numberOfLeadingZeros(end - start - 1);
        return Long.numberOfTrailingZeros(start) >= height;
    }
}
