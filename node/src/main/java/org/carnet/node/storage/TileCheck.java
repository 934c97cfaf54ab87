// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// Compares the tiles and bundles of a log with what they must be, byte for byte.
final class TileCheck implements Tiling.Sink {
    private final TileReader published;
    private boolean required = true;
    private long tiles;
    private long bundles;

    TileCheck(TileReader published) {
        this.published = published;
    }

    /// From here on the log need not have published anything: no checkpoint covers it.
    void requireNoMore() {
        required = false;
    }

    long tiles() {
        return tiles;
    }

    long bundles() {
        return bundles;
    }

    @Override
    public void tile(Tile tile, Bytes hashes) throws IOException {
        try {
            require(tile.path(), hashes, published.tile(tile));
            tiles++;
        } catch (NoSuchFileException absent) {
            missing(tile.path());
        }
    }

    @Override
    public void bundle(long index, int width, Bytes entries) throws IOException {
        var path = EntryBundle.path(index, width);
        try {
            require(path, entries, published.entries(index, width));
            bundles++;
        } catch (NoSuchFileException absent) {
            missing(path);
        }
    }

    private static void require(String path, Bytes expected, Bytes found) throws LogDamaged {
        if (!expected.equals(found)) throw new LogDamaged(path, "it is not made of the records");
    }

    private void missing(String path) throws LogDamaged {
        if (required) throw new LogDamaged(path, "it is missing");
    }
}
