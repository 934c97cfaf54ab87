// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.io.IOException;

/// Where the tiles of a log come from: a data directory, another platform, memory.
///
/// What it returns is believed by nobody before it is checked against a signed checkpoint.
public interface TileReader {
    /// The hashes of the tile; the full tile may be cut where the partial one is gone.
    ///
    /// @throws IOException if the tile is not there or cannot be read
    Bytes tile(Tile tile) throws IOException;

    /// The encoded [EntryBundle] of `width` entries that belongs to the tile of level 0 with this index.
    ///
    /// @throws IOException if the bundle is not there or cannot be read
    Bytes entries(long index, int width) throws IOException;
}
