// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.log.Record;
import org.carnet.node.points.SealedRecords.Sealed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A run of records as one part of a backup holds them, sealed once more around.
///
/// ```text
/// u32 length of the details | leaf 75 | sealed details        for each record
/// ```
final class RecordPart {
    /// A part is closed once it has so many bytes.
    static final int FULL = 2 << 20;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    void add(Sealed record) {
        content.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(record.details().length()).array());
        content.writeBytes(record.leaf().unsafeArray());
        content.writeBytes(record.details().unsafeArray());
    }

    boolean isFull() {
        return content.size() >= FULL;
    }

    boolean isEmpty() {
        return content.size() == 0;
    }

    Bytes encode() {
        return Bytes.unsafe(content.toByteArray());
    }

    /// @throws IllegalArgumentException if these are not the bytes of whole records
    static List<Sealed> parse(Bytes content) {
        var records = new ArrayList<Sealed>();
        var lengths = ByteBuffer.wrap(content.unsafeArray());
        int at = 0;
        while (at < content.length()) {
            int leaf = at + Integer.BYTES;
            int details = leaf + Record.LENGTH;
            if (details > content.length()) throw torn();
            int length = lengths.getInt(at);
            if (length < 0 || length > content.length() - details) throw torn();
            records.add(
                    new Sealed(
                            content.slice(leaf, details),
                            content.slice(details, details + length)));
            at = details + length;
        }
        return records;
    }

    private static IllegalArgumentException torn() {
        return new IllegalArgumentException("it ends within a record");
    }
}
