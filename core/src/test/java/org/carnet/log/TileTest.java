// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class TileTest {
    /// The first is the example of the specification.
    @ParameterizedTest
    @CsvSource({
        "0, 1234067, 256, tile/0/x001/x234/067",
        "0, 0, 256, tile/0/000",
        "1, 999, 256, tile/1/999",
        "7, 1000, 256, tile/7/x001/000",
        "0, 273, 112, tile/0/273.p/112",
        "2, 1234067, 1, tile/2/x001/x234/067.p/1",
    })
    void aTileIsFoundWhereTheSpecificationPutsIt(int level, long index, int width, String path) {
        assertThat(new Tile(level, index, width).path()).isEqualTo(path);
    }

    @Test
    void aBundleOfEntriesIsFoundBesideItsTile() {
        assertThat(EntryBundle.path(1234067, 256)).isEqualTo("tile/entries/x001/x234/067");
        assertThat(EntryBundle.path(3, 9)).isEqualTo("tile/entries/003.p/9");
    }

    /// The example of the specification.
    @Test
    void aTreeOf70000HasTheTilesThatTheSpecificationCounts() {
        assertThat(Tile.full(0, 70_000)).isEqualTo(273);
        assertThat(Tile.full(1, 70_000)).isEqualTo(1);
        assertThat(Tile.full(2, 70_000)).isZero();
        assertThat(Tile.partial(70_000))
                .containsExactly(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1));
    }

    @Test
    void aTreeOf256HasOneFullTileAndAboveItAPartialOne() {
        assertThat(Tile.full(0, 256)).isEqualTo(1);
        assertThat(Tile.partial(256)).containsExactly(new Tile(1, 0, 1));
        assertThat(Tile.partial(0)).isEmpty();
    }

    @Test
    void evenTheLargestTreeHasItsTiles() {
        assertThat(Tile.partial(Long.MAX_VALUE))
                .hasSize(8)
                .startsWith(new Tile(0, Long.MAX_VALUE / 256, 255))
                .endsWith(new Tile(7, 0, 127));
        assertThat(Tile.at(7, 0, Long.MAX_VALUE).width()).isEqualTo(127);
    }

    @Test
    void aTileIsAsWideAsTheTreeReaches() {
        assertThat(Tile.at(0, 272, 70_000).width()).isEqualTo(256);
        assertThat(Tile.at(0, 273, 70_000).width()).isEqualTo(112);
        assertThatThrownBy(() -> Tile.at(0, 274, 70_000)).hasMessageContaining("width 0");
    }

    @Test
    void entriesComeOutOfABundleAsTheyWentIn() {
        var bundle =
                new EntryBundle(
                        List.of(Bytes.utf8("one"), Bytes.utf8(""), Bytes.copyOf(new byte[0xffff])));
        var encoded = bundle.encode();
        assertThat(encoded.slice(0, 7).toHex()).isEqualTo("00036f6e650000");
        assertThat(EntryBundle.parse(encoded, 3)).isEqualTo(bundle);
    }

    @Test
    void aTornOrMiscountedBundleIsRefused() {
        var encoded = new EntryBundle(List.of(Bytes.utf8("one"), Bytes.utf8("two"))).encode();
        assertThatThrownBy(() -> EntryBundle.parse(encoded, 3)).hasMessageContaining("not 3");
        assertThatThrownBy(() -> EntryBundle.parse(encoded, 1)).hasMessageContaining("not 1");
        for (int cut : new int[] {1, 4, 6, 9}) {
            assertThatThrownBy(() -> EntryBundle.parse(encoded.slice(0, cut), 2))
                    .hasMessage("the bundle ends within an entry");
        }
    }
}
