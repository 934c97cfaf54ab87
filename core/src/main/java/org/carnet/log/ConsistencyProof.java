// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import java.util.List;
import java.util.Optional;

/// The claim that a tree grew from an earlier one by appending only (RFC 9162 section 2.1.4).
///
/// A proof that exists need not be right; ask [#verifies]. From the empty tree everything grows, so that claim
/// says nothing and is never verified.
public record ConsistencyProof(long earlierSize, long size, List<Hash> path) {
    public ConsistencyProof {
        if (earlierSize < 0 || size < 0) throw new IllegalArgumentException("a size is negative");
        path = List.copyOf(path);
    }

    public boolean verifies(Hash earlierRoot, Hash root) {
        return root(earlierRoot).equals(Optional.of(root));
    }

    /// The root that the later tree has if the claim is right; empty if it cannot be.
    public Optional<Hash> root(Hash earlierRoot) {
        if (earlierSize == 0) return Optional.empty();
        return new Subtree(0, earlierSize).whole(size, path, earlierRoot);
    }
}
