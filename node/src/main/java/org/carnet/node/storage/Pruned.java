// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Pseudonym;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

/// What is known of records that were removed: how many there were, and the tiles that still stand for them
/// (c2sp.org/tlog-tiles, Pruning). All tiles are kept, so every proof can still be made and every root computed.
///
/// The number stands in the file `pruned`, which a start goes by, and in the log itself, which an auditor goes by: a record
/// of kind 14 whose `about` is the hash of [#named].
final class Pruned {
    private Pruned() {}

    /// The first record that is kept; 0 if none was removed.
    static long first(Disk disk, DataDirectory directory) throws IOException {
        try {
            var text = new String(disk.content(directory.pruned()), StandardCharsets.US_ASCII);
            if (text.matches("[1-9][0-9]{0,17}\n")) return Long.parseLong(text.strip());
            throw new LogDamaged("pruned", "it is not the number of a record");
        } catch (NoSuchFileException nothingRemoved) {
            return 0;
        }
    }

    static void keep(Disk disk, DataDirectory directory, long first) throws IOException {
        disk.replace(directory.pruned(), Bytes.utf8(first + "\n").toArray());
    }

    /// What the record of the removal is about.
    static String named(long first) {
        return "records before " + first;
    }

    static Pseudonym about(long first) {
        return Pseudonym.open(named(first));
    }

    /// The tree of the first records, from their tiles and what is left of their bundles.
    ///
    /// Whoever asks compares the root, so it need not believe what it reads.
    ///
    /// @param sink takes what lies above the tiles of level 0
    static Tiling tiling(long first, TileStore tiles, Tiling.Sink sink) throws IOException {
        var tiling = new Tiling();
        long full = first / Tile.FULL_WIDTH;
        try {
            for (long index = 0; index < full; index++) {
                var hashes = tiles.tile(new Tile(0, index, Tile.FULL_WIDTH));
                tiling.skip(hashes, sink);
            }
            int rest = (int) (first % Tile.FULL_WIDTH);
            if (rest > 0) {
                var bundle = EntryBundle.parse(tiles.entries(full, rest), rest);
                for (var entry : bundle.entries()) tiling.append(entry, sink);
            }
        } catch (NoSuchFileException missing) {
            throw new LogDamaged(missing.getFile(), "it is missing, and its records were pruned");
        } catch (IllegalArgumentException malformed) {
            throw new LogDamaged("the tiles of what was pruned", malformed);
        }
        return tiling;
    }

    /// A sink that lets the tiles of level 0 pass: they are where the tree comes from.
    static Tiling.Sink above(Tiling.Sink sink) {
        return new Tiling.Sink() {
            @Override
            public void tile(Tile tile, Bytes hashes) throws IOException {
                if (tile.level() > 0) sink.tile(tile, hashes);
            }

            @Override
            public void bundle(long index, int width, Bytes entries) {}
        };
    }
}
