// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import java.util.List;
import java.util.Optional;

/// The claim that a leaf stands at an index of a tree, with the hashes beside its way to the root, lowest first.
///
/// A proof that exists need not be right; ask [#verifies].
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        if (index < 0 || size < 0) throw new IllegalArgumentException("index or size is negative");
        path = List.copyOf(path);
    }

    public boolean verifies(Hash leaf, Hash root) {
        return root(leaf).equals(Optional.of(root));
    }

    /// The root that the tree has if the claim is right; empty if it cannot be. Follows RFC 9162 section 2.1.3.2.
    public Optional<Hash> root(Hash leaf) {
        if (index >= size) return Optional.empty();
        long node = index;
        long last = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (last == 0) return Optional.empty();
            if ((node & 1) == 1 || node == last) {
                hash = MerkleHash.node(sibling, hash);
                // The rightmost node rises alone until it has a left sibling.
                int alone = Long.numberOfTrailingZeros(node);
                node >>= alone;
                last >>= alone;
            } else {
                hash = MerkleHash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(hash) : Optional.empty();
    }
}
