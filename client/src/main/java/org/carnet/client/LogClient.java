// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.CheckpointVerdict;
import org.carnet.log.EntryBundle;
import org.carnet.log.LogVerifier;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;

import java.io.IOException;

/// A node's log as anybody may read it over HTTP, in the layout of C2SP tlog-tiles.
public final class LogClient implements TileReader {
    private static final int NOT_FOUND = 404;

    private final NodeClient node;

    public LogClient(NodeClient node) {
        this.node = node;
    }

    /// The keys that the node says its log has; believe them only if you have them from elsewhere as well.
    public LogVerifier claimedKey() throws IOException {
        try {
            return LogVerifier.parse(node.bytes("log.vkey"));
        } catch (IllegalArgumentException e) {
            throw new IOException(node.address() + " does not serve the key of a log", e);
        }
    }

    /// The latest checkpoint, judged by the log's keys.
    public CheckpointVerdict checkpoint(LogVerifier log) throws IOException {
        return Checkpoint.verify(node.bytes("checkpoint"), log);
    }

    @Override
    public Bytes tile(Tile tile) throws IOException {
        var content = fetch(tile.path(), tile.completed().path());
        if (content.length() < tile.length()) {
            throw new IOException(tile.path() + " has only " + content.length() + " bytes");
        }
        return content.slice(0, tile.length());
    }

    @Override
    public Bytes entries(long index, int width) throws IOException {
        var path = EntryBundle.path(index, width);
        var full = EntryBundle.path(index, Tile.FULL_WIDTH);
        try {
            return node.bytes(path);
        } catch (NodeRefused gone) {
            if (gone.status() != NOT_FOUND || path.equals(full)) throw gone;
            return cut(full, width);
        }
    }

    private Bytes cut(String full, int width) throws IOException {
        try {
            var entries = EntryBundle.parse(node.bytes(full), Tile.FULL_WIDTH).entries();
            return new EntryBundle(entries.subList(0, width)).encode();
        } catch (IllegalArgumentException malformed) {
            throw new IOException(full + " is not a bundle of entries", malformed);
        }
    }

    /// The file, or the full one where the partial one is gone because the log has grown.
    private Bytes fetch(String path, String full) throws IOException {
        try {
            return node.bytes(path);
        } catch (NodeRefused gone) {
            if (gone.status() != NOT_FOUND || path.equals(full)) throw gone;
            return node.bytes(full);
        }
    }
}
