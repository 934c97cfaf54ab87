// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// The way to another platform, of which nothing is believed.
interface Link extends TileReader {
    /// An answer to what was sent.
    record Reply(int status, Bytes body) {}

    /// A published file, by its path below the platform's address.
    ///
    /// @throws NoSuchFileException if there is none
    Bytes get(String path) throws IOException;

    /// @param headers each name with its value
    Reply post(String path, Bytes body, String... headers) throws IOException;

    @Override
    default Bytes tile(Tile tile) throws IOException {
        Bytes content;
        try {
            content = get(tile.path());
        } catch (NoSuchFileException gone) {
            if (tile.isFull()) throw gone;
            content = get(tile.completed().path());
        }
        if (content.length() < tile.length()) throw new IOException(tile.path() + " is cut off");
        return content.slice(0, tile.length());
    }

    @Override
    default Bytes entries(long index, int width) throws IOException {
        return get(EntryBundle.path(index, width));
    }
}
