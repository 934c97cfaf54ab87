// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of a snapshot.
///
/// ```text
/// "carnet state 001" 16 | records u64 | (length u32 | sealed entry) … | SHA-256 of all before 32
/// ```
/// @param records the number of records of the log that it takes into account
record SnapshotFile(long records, List<byte[]> sealed) {
    private static final byte[] MAGIC = "carnet state 001".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MAGIC.length + Long.BYTES;
    private static final int HASH = 32;

    /// @throws IllegalArgumentException if these are not the bytes of exactly one snapshot, as they were written
    static SnapshotFile parse(byte[] content) {
        if (content.length < HEADER + HASH) throw new IllegalArgumentException("it is too short");
        var digest = Crypto.sha256();
        int end = content.length - HASH;
        digest.update(content, 0, end);
        if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(content, end, content.length))) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        var rest = ByteBuffer.wrap(content, 0, end);
        var magic = new byte[MAGIC.length];
        rest.get(magic);
        if (!Arrays.equals(magic, MAGIC))
            throw new IllegalArgumentException("it is not a snapshot");
        long records = rest.getLong();
        var sealed = new ArrayList<byte[]>();
        while (rest.remaining() >= Integer.BYTES) {
            int length = rest.getInt();
            if (length < Seal.OVERHEAD || length > rest.remaining()) break;
            var entry = new byte[length];
            rest.get(entry);
            sealed.add(entry);
        }
        if (rest.hasRemaining()) throw new IllegalArgumentException("it ends within an entry");
        return new SnapshotFile(records, sealed);
    }

    /// What the entries of a snapshot are bound to, so that they open nowhere else.
    static byte[] place(String name, long records) {
        var place = Bytes.utf8("state/" + name).unsafeArray();
        return ByteBuffer.allocate(place.length + Long.BYTES).put(place).putLong(records).array();
    }

    /// Writes a snapshot of any size, entry by entry.
    static final class Writer implements Closeable {
        private static final int CHUNK = 1 << 18;

        private final DiskFile file;
        private final MessageDigest digest = Crypto.sha256();
        private ByteBuffer pending = ByteBuffer.allocate(CHUNK);
        private long position;

        Writer(DiskFile file, long records) {
            this.file = file;
            pending.put(MAGIC).putLong(records);
        }

        void add(byte[] sealed) throws IOException {
            int length = Integer.BYTES + sealed.length;
            if (pending.remaining() < length) flush();
            if (pending.capacity() < length) pending = ByteBuffer.allocate(length);
            pending.putInt(sealed.length).put(sealed);
        }

        void finish() throws IOException {
            flush();
            pending.put(digest.digest());
            flush();
            file.force();
        }

        private void flush() throws IOException {
            digest.update(pending.flip().duplicate());
            int length = pending.remaining();
            file.write(pending, position);
            position += length;
            pending.clear();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
