// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.Record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// One record as the journal holds it (docs/wire/journal.md).
///
/// ```text
/// flags and length u32 | CRC32C u32 | leaf 75 | sealed details
/// ```
/// The length is that of leaf and details; the checksum covers the first word and them. A first word of zero ends the
/// segment.
///
/// @param position where it starts in its segment
/// @param commit whether it is the first of a commit: what lies before it was durable when it was written
/// @param more whether the next record belongs to the same group, which counts as a whole or not at all
record Frame(long position, boolean commit, boolean more, SealedRecord record)
        implements FrameReader.Step {
    static final int MORE = 1 << 31;
    static final int COMMIT = 1 << 30;
    static final int MAX_PAYLOAD = (1 << 24) - 1;
    static final int MIN_PAYLOAD = Record.LENGTH + Seal.OVERHEAD;
    static final int HEADER = 8;

    static int size(SealedRecord record) {
        return HEADER + record.leaf().length + record.sealed().length;
    }

    long end() {
        return position + size(record);
    }

    static void put(ByteBuffer target, int flags, SealedRecord record) {
        int start = target.position();
        int payload = size(record) - HEADER;
        target.putInt(flags | payload).putInt(0).put(record.leaf()).put(record.sealed());
        target.putInt(start + 4, checksum(target, start, payload));
    }

    static int checksum(ByteBuffer frames, int start, int payload) {
        var checksum = new CRC32C();
        checksum.update(frames.slice(start, 4));
        checksum.update(frames.slice(start + HEADER, payload));
        return (int) checksum.getValue();
    }

    /// The length that a first word tells, or -1 if no frame starts with it.
    static int payload(int word) {
        int length = word & ~(MORE | COMMIT);
        return length < MIN_PAYLOAD || length > MAX_PAYLOAD ? -1 : length;
    }
}
