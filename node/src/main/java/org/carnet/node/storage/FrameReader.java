// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.Record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads the frames of a segment one after another, up to a limit, with memory that does not grow.
final class FrameReader implements Closeable {
    /// What stands at a position of a segment.
    sealed interface Step permits Frame, End, Broken {}

    /// No frame starts here: the word is zero, or the limit is reached.
    record End() implements Step {}

    /// Something stands here that is not a whole frame.
    record Broken(String check) implements Step {}

    private final DiskFile file;
    private long position;
    private long limit;
    private ByteBuffer read;

    /// @param chunk how much to read at once
    FrameReader(DiskFile file, long position, long limit, int chunk) {
        this.file = file;
        this.position = position;
        this.limit = limit;
        this.read = ByteBuffer.allocate(chunk).limit(0);
    }

    /// Lets the reader go further, after the segment has grown.
    void limit(long limit) {
        this.limit = limit;
    }

    long position() {
        return position;
    }

    Step next() throws IOException {
        if (!has(4)) return new End();
        int word = read.getInt(read.position());
        if (word == 0) return new End();
        int payload = Frame.payload(word);
        if (payload < 0) return new Broken("no frame has the first word %08x".formatted(word));
        if (!has(Frame.HEADER + payload)) return new Broken("the frame reaches past the end");
        int start = read.position();
        if (read.getInt(start + 4) != Frame.checksum(read, start, payload)) {
            return new Broken("the checksum of the frame is wrong");
        }
        int inFrame = Frame.leaf(word);
        var leaf = new byte[Record.LENGTH];
        var sealed = new byte[payload - inFrame];
        read.position(start + Frame.HEADER).get(leaf, 0, inFrame).get(sealed);
        if (inFrame == Record.HEADER_LENGTH) Crypto.sha256(sealed, leaf, inFrame);
        var frame =
                new Frame(
                        position,
                        Frame.HEADER + payload,
                        (word & Frame.COMMIT) != 0,
                        (word & Frame.MORE) != 0,
                        new SealedRecord(leaf, sealed));
        position = frame.end();
        return frame;
    }

    /// Whether all that follows, up to the limit, is zero; the reader is used up then.
    boolean restIsZero() throws IOException {
        while (position < limit) {
            has((int) Math.min(read.capacity(), limit - position));
            while (read.hasRemaining()) {
                if (read.get() != 0) return false;
                position++;
            }
        }
        return true;
    }

    private boolean has(int count) throws IOException {
        if (read.remaining() >= count) return true;
        if (limit - position < count) return false;
        var larger = count > read.capacity() ? ByteBuffer.allocate(count) : read.clear();
        int length = (int) Math.min(larger.capacity(), limit - position);
        file.read(larger.limit(length), position);
        read = larger.flip();
        return read.remaining() >= count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
