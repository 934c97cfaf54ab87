// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.node.points.Receipt;
import org.carnet.node.points.StorageFull;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The one thread that writes the journal: it takes what has queued up, writes it at once, forces it to disk and
/// tells whoever waits.
///
/// While one commit is on its way to the disk the next one gathers. Once many come at a time, the writer also waits for
/// a moment before it commits: a disk that is forced a tenth as often costs a tenth, and its interrupts no longer take
/// the processor from those who check signatures.
final class JournalWriter {
    /// A commit has at most so many bytes, and so has a group.
    static final int MAX_COMMIT = 4 << 20;

    /// So many groups in one commit are many: the next one gathers.
    static final int MANY = 16;

    private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());

    private final Waiting waiting;
    private final Tail tail;
    private final Durable durable;
    private final Fresh fresh;
    private final Duration retry;
    private final Runnable gathering;
    private final Thread thread =
            Thread.ofPlatform().name("carnet-journal").daemon().unstarted(this::run);

    private final ByteBuffer frames = ByteBuffer.allocateDirect(MAX_COMMIT);
    private final List<Group> batch = new ArrayList<>();

    /// Why nothing can be written until the next try.
    private volatile @Nullable IOException trouble;

    private long failedAt;

    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /// @param gathering lets more come after many came at a time
    JournalWriter(
            Waiting waiting,
            Tail tail,
            Durable durable,
            Fresh fresh,
            Duration retry,
            Runnable gathering) {
        this.waiting = waiting;
        this.tail = tail;
        this.durable = durable;
        this.fresh = fresh;
        this.retry = retry;
        this.gathering = gathering;
    }

    void start() {
        thread.start();
    }

    /// Writes what waits and ends.
    void finish() throws InterruptedException {
        waiting.close();
        thread.join();
    }

    long commits() {
        return commits.get();
    }

    long bytes() {
        return bytes.get();
    }

    /// Why records are refused at present.
    Optional<String> trouble() {
        return Optional.ofNullable(trouble).map(IOException::toString);
    }

    private void run() {
        var groups = waiting.take();
        try {
            while (!groups.isEmpty()) {
                boolean many = groups.size() >= MANY;
                for (var next = groups.peek(); next != null; next = groups.peek()) {
                    lay(next);
                    groups.remove();
                }
                commit();
                if (many) gathering.run();
                groups = waiting.take();
            }
        } catch (RuntimeException | Error bug) {
            abandon(groups, bug);
            throw bug;
        }
    }

    /// Lays a group into the commit that is being gathered, after finishing that when there is no room.
    private void lay(Group group) {
        if (frames.remaining() < group.bytes) commit();
        if (!isWritable() || !hasRoom(group.bytes)) {
            refuse(List.of(group), trouble);
            return;
        }
        for (int i = 0; i < group.records.size(); i++) {
            int commit = frames.position() == 0 ? Frame.COMMIT : 0;
            int more = i < group.records.size() - 1 ? Frame.MORE : 0;
            Frame.put(frames, commit | more, group.records.get(i));
        }
        batch.add(group);
    }

    /// Whether there is no trouble, or none any more.
    private boolean isWritable() {
        if (trouble == null) return true;
        if (System.nanoTime() - failedAt < retry.toNanos()) return false;
        try {
            tail.mend();
            trouble = null;
        } catch (IOException failure) {
            failed(failure);
        }
        return trouble == null;
    }

    /// Whether the segment has room for so much more, or else there is a new one.
    private boolean hasRoom(int bytes) {
        try {
            if (tail.hasRoom(frames.position() + bytes)) return true;
            commit();
            if (trouble == null) tail.roll(bytes);
        } catch (IOException failure) {
            failed(failure);
        }
        return trouble == null;
    }

    private void commit() {
        try {
            long first = tail.records();
            if (frames.position() > 0) {
                int length = frames.position();
                tail.append(frames.flip(), batch);
                fresh.add(batch);
                durable.publish(tail.records());
                commits.incrementAndGet();
                bytes.addAndGet(length);
            }
            for (var group : batch) {
                group.durable(new Receipt(first));
                first += group.records.size();
            }
        } catch (IOException failure) {
            failed(failure);
            refuse(batch, mended() ? failure : new IOException("it may be kept or not", failure));
        }
        batch.clear();
        frames.clear();
    }

    private void failed(IOException failure) {
        if (trouble == null) {
            LOG.log(System.Logger.Level.ERROR, "the journal takes no records; trying on", failure);
        }
        trouble = failure;
        failedAt = System.nanoTime();
    }

    private boolean mended() {
        try {
            tail.mend();
            return true;
        } catch (IOException stillInTrouble) {
            return false;
        }
    }

    private static void refuse(Collection<Group> groups, @Nullable IOException failure) {
        var answer =
                failure instanceof DiskFull
                        ? new StorageFull("the disk has no room for another record", failure)
                        : new UncheckedIOException(
                                new IOException("the journal cannot be written", failure));
        for (var group : groups) group.failed(answer);
    }

    private void abandon(Deque<Group> groups, Throwable bug) {
        waiting.close();
        batch.addAll(groups);
        batch.addAll(waiting.take());
        var answer = new IllegalStateException("the journal's writer has ended", bug);
        for (var group : batch) group.failed(answer);
    }
}
