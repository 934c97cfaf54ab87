// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;
import org.carnet.log.Tile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The request `add-details`, Carnet's own: the sealed details of records next to one another in one bundle.
///
/// ```text
/// u16 length | origin | u64 first | (u32 length | sealed details) for each        length 0: not for this mirror
/// ```
record AddDetails(String origin, long first, List<Bytes> details) {
    AddDetails {
        details = List.copyOf(details);
        if (first < 0 || first % Tile.FULL_WIDTH + details.size() > Tile.FULL_WIDTH) {
            throw new IllegalArgumentException("the details are not of one bundle");
        }
    }

    Bytes encode() {
        var name = origin.getBytes(StandardCharsets.UTF_8);
        var slots = new Slots(details).encode();
        return Bytes.unsafe(
                ByteBuffer.allocate(Short.BYTES + name.length + Long.BYTES + slots.length())
                        .putShort((short) name.length)
                        .put(name)
                        .putLong(first)
                        .put(slots.unsafeArray())
                        .array());
    }

    /// @throws IllegalArgumentException if these are not the bytes of exactly one request
    static AddDetails parse(Bytes request) {
        var head = ByteBuffer.wrap(request.unsafeArray());
        if (head.remaining() < Short.BYTES) throw new IllegalArgumentException("it has no origin");
        int length = Short.toUnsignedInt(head.getShort());
        if (head.remaining() < length + Long.BYTES) {
            throw new IllegalArgumentException("it ends before its details");
        }
        var name = new byte[length];
        head.get(name);
        long first = head.getLong();
        var slots = Slots.parse(request.slice(head.position(), request.length()));
        return new AddDetails(new String(name, StandardCharsets.UTF_8), first, slots.details());
    }

    /// Details one after another, as they stand in a request and in the file `details/<bundle, 12 digits>` of a mirror.
    record Slots(List<Bytes> details) {
        Slots {
            details = List.copyOf(details);
        }

        static String path(long bundle) {
            return "details/%012x".formatted(bundle);
        }

        Bytes encode() {
            int length = details.stream().mapToInt(one -> Integer.BYTES + one.length()).sum();
            var encoded = ByteBuffer.allocate(length);
            for (var one : details) encoded.putInt(one.length()).put(one.unsafeArray());
            return Bytes.unsafe(encoded.array());
        }

        static Slots parse(Bytes encoded) {
            var details = new ArrayList<Bytes>();
            var lengths = ByteBuffer.wrap(encoded.unsafeArray());
            int at = 0;
            while (at < encoded.length()) {
                int start = at + Integer.BYTES;
                int length = start > encoded.length() ? -1 : lengths.getInt(at);
                if (length < 0 || length > encoded.length() - start) {
                    throw new IllegalArgumentException("it ends within the details of a record");
                }
                details.add(encoded.slice(start, start + length));
                at = start + length;
            }
            return new Slots(details);
        }
    }
}
