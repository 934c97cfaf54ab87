// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Hash;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// Checks the full tiles that a log still publishes below what it has pruned: each against its hash in the tile above.
final class PrunedTiles {
    private final TileReader published;
    private final long size;

    PrunedTiles(TileReader published, long size) {
        this.published = published;
        this.size = size;
    }

    /// @param bundles how many full bundles were pruned
    /// @return how many tiles were there to check
    long check(long bundles) throws IOException {
        long checked = 0;
        long tiles = bundles;
        for (int level = 0; tiles > 0 && level < Tile.MAX_LEVEL; level++) {
            checked += check(level, tiles);
            tiles /= Tile.FULL_WIDTH;
        }
        return checked;
    }

    private long check(int level, long tiles) throws IOException {
        long checked = 0;
        Bytes above = null;
        for (long index = 0; index < tiles; index++) {
            int slot = (int) (index % Tile.FULL_WIDTH);
            if (slot == 0) above = found(Tile.at(level + 1, index / Tile.FULL_WIDTH, size));
            var tile = new Tile(level, index, Tile.FULL_WIDTH);
            var content = found(tile);
            if (above == null || content == null) continue;
            int at = slot * Hash.LENGTH;
            if (content.length() != tile.length()
                    || above.length() < at + Hash.LENGTH
                    || !tile.root(content).bytes().equals(above.slice(at, at + Hash.LENGTH))) {
                throw new LogDamaged(tile.path(), "it is not what the tile above says");
            }
            checked++;
        }
        return checked;
    }

    private @Nullable Bytes found(Tile tile) throws IOException {
        try {
            return published.tile(tile);
        } catch (NoSuchFileException pruned) {
            return null;
        }
    }
}
