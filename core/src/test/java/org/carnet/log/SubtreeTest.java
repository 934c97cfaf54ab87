// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class SubtreeTest {
    private static final List<Hash> LEAVES =
            IntStream.range(0, 20)
                    .mapToObj(i -> MerkleHash.leaf(Bytes.utf8("entry " + i)))
                    .toList();

    @Test
    void everyPartUnderOneNodeIsPartOfEveryTreeThatReachesIt() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            var tree = new NaiveTree(LEAVES.subList(0, size));
            for (int start = 0; start < size; start++) {
                for (int end = start + 1; end <= size && isAligned(start, end); end++) {
                    var part = tree.part(start, end).root();
                    var path = tree.subtreeProof(start, end);
                    var subtree = new Subtree(start, end);
                    assertThat(subtree.isPartOf(size, path, part, tree.root()))
                            .as("%d to %d of %d", start, end, size)
                            .isTrue();
                    assertThat(subtree.isPartOf(size, longer(path), part, tree.root())).isFalse();
                    var other = MerkleHash.leaf(Bytes.utf8("another"));
                    assertThat(subtree.isPartOf(size, path, other, tree.root())).isFalse();
                    assertThat(subtree.isPartOf(size, path, part, other)).isFalse();
                }
            }
        }
    }

    @Test
    void theProofMadeFromTilesIsTheOneThatTheDefinitionGives() throws IOException {
        for (int size = 1; size <= LEAVES.size(); size++) {
            var tree = new NaiveTree(LEAVES.subList(0, size));
            var proofs = new Proofs(new MemoryTiles(LEAVES.subList(0, size)), size);
            for (int start = 0; start < size; start++) {
                for (int end = start + 1; end <= size && isAligned(start, end); end++) {
                    assertThat(proofs.subtree(new Subtree(start, end)))
                            .as("%d to %d of %d", start, end, size)
                            .isEqualTo(tree.subtreeProof(start, end));
                }
            }
        }
    }

    @Test
    void leavesThatStandUnderNoOneNodeAreNoPart() {
        var pair = MerkleHash.node(LEAVES.get(1), LEAVES.get(2));
        var path = List.of(LEAVES.get(2));
        assertThat(new Subtree(1, 3).includes(1, LEAVES.get(1), path, pair)).isFalse();
        var aligned = MerkleHash.node(LEAVES.get(2), LEAVES.get(3));
        var other = List.of(LEAVES.get(3));
        assertThat(new Subtree(2, 4).includes(2, LEAVES.get(2), other, aligned)).isTrue();
    }

    /// A path that goes on above the root of the size it names would prove a leaf at an index where it does not stand.
    @Test
    void aPathThatGoesOnAboveTheRootIsRefused() {
        var tree = new NaiveTree(LEAVES.subList(0, 4));
        var path = tree.path(3);
        assertThat(new InclusionProof(3, 4, path).verifies(LEAVES.get(3), tree.root())).isTrue();
        assertThat(new InclusionProof(1, 2, path).verifies(LEAVES.get(3), tree.root())).isFalse();

        var above = List.of(LEAVES.get(2), LEAVES.get(0));
        var root = MerkleHash.node(LEAVES.get(0), MerkleHash.node(LEAVES.get(1), LEAVES.get(2)));
        assertThat(new ConsistencyProof(1, 2, above).verifies(LEAVES.get(1), root)).isFalse();
    }

    @Test
    void aPartThatEndsBeyondTheTreeIsNoPart() {
        var empty = MerkleHash.empty();
        assertThat(new Subtree(3, 3).isPartOf(3, List.of(), empty, empty)).isTrue();
        assertThat(new Subtree(3, 3).isPartOf(2, List.of(), empty, empty)).isFalse();
    }

    private static boolean isAligned(int start, int end) {
        int power = 1;
        while (power < end - start) power *= 2;
        return start % power == 0;
    }

    private static List<Hash> longer(List<Hash> path) {
        var longer = new ArrayList<>(path);
        longer.add(LEAVES.getFirst());
        return longer;
    }
}
