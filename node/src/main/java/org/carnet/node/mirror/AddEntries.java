// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;
import org.carnet.log.Hash;
import org.carnet.log.Tile;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The request `add-entries` of tlog-mirror, read package by package so that no more than one is in memory.
///
/// ```text
/// u16 length | origin | u64 start | u64 end | u16 length | ticket
/// package:  (u16 length | entry) for each entry | u8 count | hash 32 for each        up to 256 entries, aligned
/// ```
final class AddEntries {
    private static final int MOST_HASHES = 63;

    private final DataInputStream body;
    private final String origin;
    private final long start;
    private final long end;
    private long next;

    /// Entries next to one another in one bundle, and the proof that their bundle so far is part of the tree.
    record Package(long start, long end, List<Bytes> entries, List<Hash> proof) {
        Package {
            entries = List.copyOf(entries);
            proof = List.copyOf(proof);
        }

        /// The first index of the bundle.
        long aligned() {
            return start - start % Tile.FULL_WIDTH;
        }

        void write(ByteArrayOutputStream body) {
            for (var entry : entries) {
                body.writeBytes(
                        ByteBuffer.allocate(Short.BYTES).putShort((short) entry.length()).array());
                body.writeBytes(entry.unsafeArray());
            }
            body.write(proof.size());
            for (var hash : proof) body.writeBytes(hash.bytes().unsafeArray());
        }
    }

    private AddEntries(DataInputStream body, String origin, long start, long end) {
        this.body = body;
        this.origin = origin;
        this.start = start;
        this.end = end;
        this.next = start;
    }

    /// Reads what stands before the packages.
    ///
    /// @throws IllegalArgumentException if it is not that
    static AddEntries read(InputStream request) throws IOException {
        var body = new DataInputStream(request);
        try {
            var origin = new String(bytes(body, body.readUnsignedShort()), StandardCharsets.UTF_8);
            long start = body.readLong();
            long end = body.readLong();
            bytes(body, body.readUnsignedShort());
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("no entries lie from " + start + " to " + end);
            }
            return new AddEntries(body, origin, start, end);
        } catch (EOFException torn) {
            throw new IllegalArgumentException("the request ends before its entries", torn);
        }
    }

    /// What stands before the packages, with an empty ticket.
    static ByteArrayOutputStream head(String origin, long start, long end) {
        var name = origin.getBytes(StandardCharsets.UTF_8);
        var head = new ByteArrayOutputStream();
        head.writeBytes(
                ByteBuffer.allocate(name.length + 20)
                        .putShort((short) name.length)
                        .put(name)
                        .putLong(start)
                        .putLong(end)
                        .putShort((short) 0)
                        .array());
        return head;
    }

    String origin() {
        return origin;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    /// The next package; empty if the request ends, be it within one.
    Optional<Package> next() throws IOException {
        if (next >= end) return Optional.empty();
        long first = next;
        long last = Math.min(end, first - first % Tile.FULL_WIDTH + Tile.FULL_WIDTH);
        try {
            var entries = new ArrayList<Bytes>();
            for (long index = first; index < last; index++) {
                entries.add(Bytes.unsafe(bytes(body, body.readUnsignedShort())));
            }
            int count = body.readUnsignedByte();
            if (count > MOST_HASHES) return Optional.empty();
            var proof = new ArrayList<Hash>();
            for (int i = 0; i < count; i++) {
                proof.add(new Hash(Bytes.unsafe(bytes(body, Hash.LENGTH))));
            }
            next = last;
            return Optional.of(new Package(first, last, entries, proof));
        } catch (EOFException torn) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(DataInputStream body, int length) throws IOException {
        var bytes = body.readNBytes(length);
        if (bytes.length < length) throw new EOFException();
        return bytes;
    }
}
