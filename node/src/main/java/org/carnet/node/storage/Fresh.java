// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Record;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// The leaves of the newest durable records, so that the tree grows over them without reading them back.
///
/// What memory does not hold any more, because the tree is far behind or the process is new, stands in the journal.
final class Fresh {
    /// More than come between two checkpoints on machines of this class; a power of two.
    static final int PLACES = 1 << 16;

    private final byte[] leaves = new byte[PLACES * Record.LENGTH];

    /// The first record that this has ever held.
    private final long first;

    /// The number of records up to the newest.
    private long end;

    /// @param first the number of the next record
    Fresh(long first) {
        this.first = first;
        this.end = first;
    }

    /// Takes in the records that have just become durable, which are the next.
    synchronized void add(List<Group> groups) {
        for (var group : groups) {
            for (var record : group.records) {
                System.arraycopy(record.leaf(), 0, leaves, at(end++), Record.LENGTH);
            }
        }
    }

    /// The leaf of a record, if it is still there.
    synchronized @Nullable Bytes leaf(long index) {
        if (index < Math.max(first, end - PLACES) || index >= end) return null;
        var leaf = new byte[Record.LENGTH];
        System.arraycopy(leaves, at(index), leaf, 0, Record.LENGTH);
        return Bytes.unsafe(leaf);
    }

    private static int at(long index) {
        return (int) (index & (PLACES - 1)) * Record.LENGTH;
    }
}
