// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.util.Arrays;

/// Where the records of a segment start, kept in memory while the segment grows, and where the last one ends.
///
/// One thread adds; others may ask for what was added before they learned of it.
final class Offsets {
    private int[] offsets = new int[1024];
    private int count;

    Offsets() {
        offsets[0] = Segment.HEADER;
    }

    /// Adds a record of so many bytes after the last.
    synchronized void add(int bytes) {
        if (count + 1 == offsets.length) offsets = Arrays.copyOf(offsets, 2 * offsets.length);
        offsets[count + 1] = offsets[count] + bytes;
        count++;
    }

    synchronized int count() {
        return count;
    }

    /// Where a record starts; for the record after the last, where that one ends.
    synchronized int at(int record) {
        if (record > count) throw new IndexOutOfBoundsException(record);
        return offsets[record];
    }

    /// Where the last record ends.
    synchronized int end() {
        return offsets[count];
    }
}
