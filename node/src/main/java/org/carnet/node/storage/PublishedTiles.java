// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// Finds tiles and bundles among the files of a log, and cuts a partial one from the full one that has replaced it.
final class PublishedTiles implements TileReader {
    private final LogSource log;

    PublishedTiles(LogSource log) {
        this.log = log;
    }

    @Override
    public Bytes tile(Tile tile) throws IOException {
        try {
            return log.content(tile.path());
        } catch (NoSuchFileException gone) {
            if (tile.isFull()) throw gone;
            return Cut.tile(tile, completed(tile.completed().path(), gone));
        }
    }

    @Override
    public Bytes entries(long index, int width) throws IOException {
        var full = EntryBundle.path(index, Tile.FULL_WIDTH);
        try {
            return log.content(EntryBundle.path(index, width));
        } catch (NoSuchFileException gone) {
            if (width == Tile.FULL_WIDTH) throw gone;
            return Cut.bundle(index, width, completed(full, gone));
        }
    }

    /// What is missing is the partial file, whose full one need not be there yet.
    private Bytes completed(String full, NoSuchFileException gone) throws IOException {
        try {
            return log.content(full);
        } catch (NoSuchFileException notYet) {
            throw gone;
        }
    }
}
