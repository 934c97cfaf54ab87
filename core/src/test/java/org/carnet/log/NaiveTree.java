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
        return subtreeProof(0, m);
    }

    /// SUBTREE_PROOF(start, end, D[n]) of Merkle Tree Certificates.
    List<Hash> subtreeProof(int start, int end) {
        return subproof(start, end, true);
    }

    private List<Hash> subproof(int start, int end, boolean known) {
        if (start == 0 && end == leaves.size()) return known ? List.of() : List.of(root());
        int k = left().leaves.size();
        if (end <= k) return and(left().subproof(start, end, known), right().root());
        return k <= start
                ? and(right().subproof(start - k, end - k, known), left().root())
                : and(right().subproof(0, end - k, false), left().root());
    }

    NaiveTree first(int n) {
        return part(0, n);
    }

    NaiveTree part(int start, int end) {
        return new NaiveTree(leaves.subList(start, end));
    }

    private NaiveTree left() {
        return first(Integer.highestOneBit(leaves.size() - 1));
    }

    private NaiveTree right() {
        return part(left().leaves.size(), leaves.size());
    }

    private static List<Hash> and(List<Hash> hashes, Hash last) {
        var all = new ArrayList<>(hashes);
        all.add(last);
        return all;
    }
}
