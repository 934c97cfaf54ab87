// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class ProofsTest {
    private static final List<Hash> LEAVES = leaves(70_000);
    private static final MemoryTiles TILES = new MemoryTiles(LEAVES);

    @Test
    void proofsFromTilesAreThoseOfTheDefinitionForEverySmallSize() throws IOException {
        for (int size = 1; size <= 300; size++) {
            var random = new Random(size);
            agree(size, random.nextInt(size), 1 + random.nextInt(size));
            agree(size, size - 1, size);
            agree(size, 0, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void proofsFromTilesAreThoseOfTheDefinitionForAnySize(long seed) throws IOException {
        var random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            int size = 1 + random.nextInt(LEAVES.size());
            agree(size, random.nextInt(size), 1 + random.nextInt(size));
        }
        agree(65_536, random.nextInt(65_536), 1 + random.nextInt(65_536));
    }

    private static void agree(int size, int index, int earlier) throws IOException {
        var definition = new NaiveTree(LEAVES.subList(0, size));
        var proofs = new Proofs(TILES, size);
        var root = definition.root();
        assertThat(proofs.root()).as("root of %d", size).isEqualTo(root);
        assertThat(proofs.leaf(index)).isEqualTo(LEAVES.get(index));

        var inclusion = proofs.inclusion(index);
        assertThat(inclusion.path())
                .as("path of %d in %d", index, size)
                .isEqualTo(definition.path(index));
        assertThat(inclusion.verifies(LEAVES.get(index), root)).isTrue();

        var consistency = proofs.consistency(earlier);
        assertThat(consistency.path())
                .as("proof from %d to %d", earlier, size)
                .isEqualTo(definition.proof(earlier));
        assertThat(consistency.verifies(definition.first(earlier).root(), root)).isTrue();
    }

    @Test
    void aTreeReadFromItsTilesGrowsOnLikeOneThatNeverStopped() throws IOException {
        var grown = new CompactTree();
        for (int size = 0; size < 600; size++) {
            assertThat(new Proofs(TILES, size).tree().edge()).isEqualTo(grown.edge());
            grown.append(LEAVES.get(size));
            assertThat(grown.root()).isEqualTo(new NaiveTree(LEAVES.subList(0, size + 1)).root());
        }
        assertThat(new CompactTree(grown.size(), grown.edge()).root()).isEqualTo(grown.root());
    }

    @Test
    void aProofReadsTwoTilesOfEachLevelAtMostAndEachOnce() throws IOException {
        var tiles = new MemoryTiles(LEAVES);
        new Proofs(tiles, 70_000).inclusion(12_345);
        assertThat(tiles.asked)
                .containsExactlyInAnyOrder(
                        new Tile(0, 48, 256),
                        new Tile(0, 273, 112),
                        new Tile(1, 0, 256),
                        new Tile(1, 1, 17));
    }

    @Test
    void aProofOfWhatTheTreeLacksIsAMistakeOfTheCaller() {
        var proofs = new Proofs(TILES, 10);
        assertThatThrownBy(() -> proofs.inclusion(10)).hasMessageContaining("no leaf 10");
        assertThatThrownBy(() -> proofs.consistency(0)).hasMessageContaining("from one of 0");
        assertThatThrownBy(() -> proofs.consistency(11)).hasMessageContaining("from one of 11");
    }

    @Test
    void aTileOfTheWrongLengthIsNamed() {
        var cut =
                new TileReader() {
                    @Override
                    public Bytes tile(Tile tile) {
                        return Bytes.copyOf(new byte[tile.length() - 1]);
                    }

                    @Override
                    public Bytes entries(long index, int width) {
                        return Bytes.copyOf(new byte[0]);
                    }
                };
        assertThatThrownBy(() -> new Proofs(cut, 200).inclusion(99))
                .isInstanceOf(IOException.class)
                .hasMessage("tile/0/000.p/200 has 6399 bytes, not 6400");
    }

    @Test
    void aLogThatGrewExtendsItsEarlierCheckpointAndAForkedOneDoesNot() throws IOException {
        var earlier = checkpoint(LEAVES.subList(0, 300));
        var later = checkpoint(LEAVES.subList(0, 1000));
        assertThat(Proofs.extend(earlier, later, TILES)).isTrue();
        assertThat(Proofs.extend(later, later, TILES)).isTrue();
        assertThat(Proofs.extend(checkpoint(List.of()), later, TILES)).isTrue();
        assertThat(Proofs.extend(later, earlier, TILES)).isFalse();

        var forked = new ArrayList<>(LEAVES.subList(0, 1000));
        forked.set(7, MerkleHash.leaf(Bytes.utf8("something else")));
        assertThat(Proofs.extend(earlier, checkpoint(forked), new MemoryTiles(forked))).isFalse();
        var other = new Checkpoint("example.com/other", later.size(), later.root());
        assertThat(Proofs.extend(earlier, other, TILES)).isFalse();
    }

    private static Checkpoint checkpoint(List<Hash> leaves) {
        return new Checkpoint("example.com/log", leaves.size(), new NaiveTree(leaves).root());
    }

    private static List<Hash> leaves(int count) {
        var leaves = new ArrayList<Hash>();
        for (int i = 0; i < count; i++) leaves.add(MerkleHash.leaf(Bytes.utf8("entry " + i)));
        return leaves;
    }
}
