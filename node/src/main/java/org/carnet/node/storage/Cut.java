// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;

/// Takes the partial tile or bundle of a smaller tree from the full one, after the partial one was deleted.
final class Cut {
    private Cut() {}

    static Bytes tile(Tile partial, Bytes full) throws LogDamaged {
        var whole = partial.completed();
        if (full.length() != whole.length()) {
            throw new LogDamaged(whole.path(), "it has " + full.length() + " bytes");
        }
        return full.slice(0, partial.length());
    }

    static Bytes bundle(long index, int width, Bytes full) throws LogDamaged {
        try {
            var entries = EntryBundle.parse(full, Tile.FULL_WIDTH).entries();
            return new EntryBundle(entries.subList(0, width)).encode();
        } catch (IllegalArgumentException malformed) {
            throw new LogDamaged(EntryBundle.path(index, Tile.FULL_WIDTH), malformed);
        }
    }
}
