// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The tiles and bundles as files below the data directory, where c2sp.org/tlog-tiles expects them.
///
/// Reading is for many threads, writing for one.
final class TileStore implements TileReader, Tiling.Sink {
    private final Disk disk;
    private final Path root;
    private final PublishedTiles reader;

    private final Forcing files = new Forcing();

    /// Directories that got new names since they were last forced.
    private final Set<Path> unforced = new HashSet<>();

    /// How wide each tile and bundle of the edge is on disk, by the path of the full one.
    private final Map<Path, Integer> partial = new HashMap<>();

    TileStore(Disk disk, DataDirectory directory) {
        this.disk = disk;
        this.root = directory.root();
        this.reader = new PublishedTiles(path -> Bytes.unsafe(disk.content(root.resolve(path))));
    }

    @Override
    public Bytes tile(Tile tile) throws IOException {
        return reader.tile(tile);
    }

    @Override
    public Bytes entries(long index, int width) throws IOException {
        return reader.entries(index, width);
    }

    @Override
    public void tile(Tile tile, Bytes hashes) throws IOException {
        write(tile.path(), tile.completed().path(), tile.width(), hashes);
    }

    @Override
    public void bundle(long index, int width, Bytes entries) throws IOException {
        write(
                EntryBundle.path(index, width),
                EntryBundle.path(index, Tile.FULL_WIDTH),
                width,
                entries);
    }

    /// Takes the edge of a tree of this size for written.
    void resume(long size) {
        for (var tile : Tile.partial(size)) {
            partial.put(root.resolve(tile.completed().path()), tile.width());
            if (tile.level() == 0) {
                var bundle = EntryBundle.path(tile.index(), Tile.FULL_WIDTH);
                partial.put(root.resolve(bundle), tile.width());
            }
        }
    }

    private void write(String path, String full, int width, Bytes content) throws IOException {
        var known = partial.put(root.resolve(full), width);
        if (known != null && known == width) return;
        var file = root.resolve(path);
        nameIsNew(file);
        disk.delete(file);
        var open = disk.open(file);
        try {
            open.write(ByteBuffer.wrap(content.unsafeArray()), 0);
        } catch (IOException failure) {
            open.close();
            disk.delete(file); // a torn one would contradict the records until it is written again
            throw failure;
        }
        files.add(open);
    }

    private void nameIsNew(Path file) {
        var directory = Disk.directoryOf(file);
        while (unforced.add(directory) && !disk.exists(directory)) {
            directory = Disk.directoryOf(directory);
        }
    }

    /// Makes durable what was written.
    void force() throws IOException {
        files.force();
        for (var directory : unforced) disk.forceDirectory(directory);
        unforced.clear();
    }

    /// Deletes full bundles of entries, from one index to another.
    void deleteBundles(long from, long to) throws IOException {
        for (long index = from; index < to; index++) {
            disk.delete(root.resolve(EntryBundle.path(index, Tile.FULL_WIDTH)));
        }
    }

    /// Deletes the partial files of what has become full, as tlog-tiles allows.
    void prune() throws IOException {
        var complete = partial.entrySet().iterator();
        while (complete.hasNext()) {
            var next = complete.next();
            if (next.getValue() < Tile.FULL_WIDTH) continue;
            complete.remove();
            var directory = next.getKey().resolveSibling(next.getKey().getFileName() + ".p");
            for (var file : disk.list(directory)) disk.delete(file);
            disk.delete(directory);
        }
    }

    /// Forgets what it knows of its files, after something failed: it may not be on disk.
    void reset() {
        files.forget();
        unforced.clear();
        partial.clear();
    }
}
