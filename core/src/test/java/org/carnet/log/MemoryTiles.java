// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The tiles of a log in memory, laid out as tlog-tiles defines them; it remembers what it was asked for.
final class MemoryTiles implements TileReader {
    private final List<List<Hash>> levels = new ArrayList<>();
    final List<Tile> asked = new ArrayList<>();

    MemoryTiles(List<Hash> leaves) {
        levels.add(leaves);
        while (levels.getLast().size() >= Tile.FULL_WIDTH) {
            var below = levels.getLast();
            var level = new ArrayList<Hash>();
            for (int i = 0; i + Tile.FULL_WIDTH <= below.size(); i += Tile.FULL_WIDTH) {
                level.add(new NaiveTree(below.subList(i, i + Tile.FULL_WIDTH)).root());
            }
            levels.add(level);
        }
    }

    @Override
    public Bytes tile(Tile tile) throws IOException {
        asked.add(tile);
        int start = (int) tile.index() * Tile.FULL_WIDTH;
        if (tile.level() >= levels.size()
                || start + tile.width() > levels.get(tile.level()).size()) {
            throw new IOException("no " + tile.path());
        }
        var content = ByteBuffer.allocate(tile.length());
        for (var hash : levels.get(tile.level()).subList(start, start + tile.width())) {
            content.put(hash.bytes().toArray());
        }
        return Bytes.copyOf(content.array());
    }

    @Override
    public Bytes entries(long index, int width) throws IOException {
        throw new IOException("only hashes are kept here");
    }
}
