// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import java.util.ArrayList;
import java.util.List;

/// The definitions of RFC 9162 section 2.1, written down as they are defined: what everything clever is compared with.
record NaiveTree(List<Hash> leaves) {
    /// MTH(D[n]).
    Hash root() {
        if (leaves.isEmpty()) return MerkleHash.empty();
        if (leaves.size() == 1) return leaves.getFirst();
        return MerkleHash.node(left().root(), right().root());
    }

    /// PATH(m, D[n]).
    List<Hash> path(int m) {
        if (leaves.size() == 1) return List.of();
        int k = left().leaves.size();
        return m < k
                ? and(left().path(m), right().root())
                : and(right().path(m - k), left().root());
    }

    /// PROOF(m, D[n]).
    List<Hash> proof(int m) {
        return subproof(m, true);
    }

    private List<Hash> subproof(int m, boolean known) {
        if (m == leaves.size()) return known ? List.of() : List.of(root());
        int k = left().leaves.size();
        return m <= k
                ? and(left().subproof(m, known), right().root())
                : and(right().subproof(m - k, false), left().root());
    }

    NaiveTree first(int n) {
        return new NaiveTree(leaves.subList(0, n));
    }

    private NaiveTree left() {
        return first(Integer.highestOneBit(leaves.size() - 1));
    }

    private NaiveTree right() {
        return new NaiveTree(leaves.subList(left().leaves.size(), leaves.size()));
    }

    private static List<Hash> and(List<Hash> hashes, Hash last) {
        var all = new ArrayList<>(hashes);
        all.add(last);
        return all;
    }
}
