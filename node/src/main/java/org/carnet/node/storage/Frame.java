// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.Record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// One record as the journal holds it (docs/wire/journal.md).
///
/// ```text
/// flags and length u32 | CRC32C u32 | head of the leaf 43 | sealed details
/// ```
/// The rest of the leaf is the hash of the details, which whoever reads them computes; journals of an earlier version
/// have it between the two, and lack the flag that says otherwise. The length is that of what follows the checksum, which
/// covers that and the first word. A first word of zero ends the segment.
///
/// @param position where it starts in its segment
/// @param length with its own header
/// @param commit whether it is the first of a commit: what lies before it was durable when it was written
/// @param more whether the next record belongs to the same group, which counts as a whole or not at all
record Frame(long position, int length, boolean commit, boolean more, SealedRecord record)
        implements FrameReader.Step {
    static final int MORE = 1 << 31;
    static final int COMMIT = 1 << 30;
    static final int MAX_PAYLOAD = (1 << 24) - 1;
    static final int HEADER = 8;

    /// That the hash in the leaf is left out.
    static final int LEAN = 1 << 29;

    static int size(SealedRecord record) {
        return HEADER + Record.HEADER_LENGTH + record.sealed().length;
    }

    long end() {
        return position + length;
    }

    static void put(ByteBuffer target, int flags, SealedRecord record) {
        int start = target.position();
        int payload = size(record) - HEADER;
        target.putInt(flags | LEAN | payload).putInt(0);
        target.put(record.leaf(), 0, Record.HEADER_LENGTH).put(record.sealed());
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
        int length = word & ~(MORE | COMMIT | LEAN);
        return length < leaf(word) + Seal.OVERHEAD || length > MAX_PAYLOAD ? -1 : length;
    }

    /// How much of the leaf a frame with this first word holds.
    static int leaf(int word) {
        return (word & LEAN) != 0 ? Record.HEADER_LENGTH : Record.LENGTH;
    }
}
