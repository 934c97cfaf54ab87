// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.avatars;

import org.carnet.Bytes;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/// An avatar's state as the bytes of one part of a snapshot.
///
/// ```text
/// avatar | applied i64 | last record i64 | count i32 | { record i64 | property | unit | microseconds i64 | type u8 | value }*
/// ```
/// Texts are length-prefixed; the type is 0 number (f64), 1 text, 2 flag, 3 data, 4 sum (f64).
final class ContentCodec {
    private ContentCodec() {}

    static Bytes encode(Avatar.Content content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(content.id());
            out.writeLong(content.applied());
            out.writeLong(content.lastRecord());
            out.writeInt(content.readings().size());
            for (var kept : content.readings()) {
                var reading = kept.reading();
                out.writeLong(kept.record());
                out.writeUTF(reading.property());
                out.writeUTF(reading.unit());
                out.writeLong(Series.micros(reading.time()));
                write(out, reading.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing an avatar's state to memory", e);
        }
        return Bytes.unsafe(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Value value) throws IOException {
        switch (value) {
            case Value.Quantity quantity -> {
                out.writeByte(0);
                out.writeDouble(quantity.value());
            }
            case Value.Text text -> writeBytes(out, 1, Bytes.utf8(text.value()));
            case Value.Flag flag -> {
                out.writeByte(2);
                out.writeBoolean(flag.value());
            }
            case Value.Data data -> writeBytes(out, 3, data.value());
            case Value.Sum sum -> {
                out.writeByte(4);
                out.writeDouble(sum.value());
            }
        }
    }

    private static void writeBytes(DataOutputStream out, int type, Bytes bytes) throws IOException {
        out.writeByte(type);
        out.writeInt(bytes.length());
        out.write(bytes.unsafeArray());
    }

    static Avatar.Content decode(Bytes bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes.unsafeArray()))) {
            var id = in.readUTF();
            long applied = in.readLong();
            long lastRecord = in.readLong();
            int count = in.readInt();
            var readings = new ArrayList<Avatar.Kept>();
            for (int i = 0; i < count; i++) {
                long record = in.readLong();
                var property = in.readUTF();
                var unit = in.readUTF();
                var time = Series.instant(in.readLong());
                var reading = new Reading(property, time, readValue(in), unit);
                readings.add(new Avatar.Kept(reading, record));
            }
            return new Avatar.Content(id, applied, lastRecord, readings);
        } catch (IOException e) {
            throw new UncheckedIOException("reading an avatar's state from memory", e);
        }
    }

    private static Value readValue(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case 0 -> new Value.Quantity(in.readDouble());
            case 1 -> new Value.Text(readBytes(in).toUtf8());
            case 2 -> new Value.Flag(in.readBoolean());
            case 3 -> new Value.Data(readBytes(in));
            case 4 -> new Value.Sum(in.readDouble());
            default -> throw new IOException("no value has the type " + type);
        };
    }

    private static Bytes readBytes(DataInputStream in) throws IOException {
        return Bytes.unsafe(in.readNBytes(in.readInt()));
    }
}
