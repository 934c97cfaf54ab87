// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.node.points.Receipt;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// The append-only, checksummed file that makes records durable; all else that storage keeps is derived from it.
///
/// Safe for many threads. None of them waits for another, and no lock is held while the disk works. Futures complete in
/// the writer's own thread, which everybody waits for: what hangs on them must be short and never block.
final class Journal implements Closeable {
    private static final int ONE_RECORD = 1 << 10;
    private static final Duration GATHERING = Duration.ofMillis(1);

    private final ConcurrentNavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private final Waiting waiting = new Waiting();
    private final Durable durable;
    private final Fresh fresh;
    private final Preparation preparation;
    private final Tail tail;
    private final JournalWriter writer;

    /// Opens what is there, or begins.
    ///
    /// @param segmentBytes the size of a segment yet to be begun
    /// @param retry after which time a disk that failed or was full is tried again
    /// @param covered the number of records that the checkpoint covers
    /// @throws LogDamaged if a record that was durable is not there any more
    Journal(Disk disk, DataDirectory directory, long segmentBytes, Duration retry, long covered)
            throws IOException {
        this(disk, directory, segmentBytes, retry, covered, waiting -> waiting.gather(GATHERING));
    }

    /// @param gathering waits a moment for more, after many came at a time
    Journal(
            Disk disk,
            DataDirectory directory,
            long segmentBytes,
            Duration retry,
            long covered,
            Consumer<Waiting> gathering)
            throws IOException {
        if (segmentBytes < Segment.HEADER || segmentBytes > 1 << 30) {
            throw new IllegalArgumentException("a segment has at most 1 GiB");
        }
        disk.delete(directory.prepared());
        for (var file : disk.list(directory.journal())) {
            long first = Segment.first(file);
            if (first >= 0) segments.put(first, new Segment(disk, directory, first, null));
        }
        preparation = new Preparation(disk, directory, segmentBytes);
        long pruned = Pruned.first(disk, directory);
        var active = segments.isEmpty() ? begun(pruned) : recovered(directory, pruned, covered);
        segments.put(active.segment().first(), active.segment());
        tail = new Tail(preparation, segments, active);
        durable = new Durable(tail.records());
        fresh = new Fresh(tail.records());
        writer =
                new JournalWriter(
                        waiting, tail, durable, fresh, retry, () -> gathering.accept(waiting));
        writer.start();
    }

    private Tail.Active begun(long first) throws IOException {
        var file = preparation.take(first, 0);
        var offsets = new Offsets();
        return new Tail.Active(preparation.segment(first, offsets), file, offsets);
    }

    /// @param pruned the first record that must be there
    private Tail.Active recovered(DataDirectory directory, long pruned, long covered)
            throws IOException {
        var last = segments.lastEntry().getValue();
        if (segments.firstKey() > pruned) {
            throw new LogDamaged(
                    directory.segment(pruned).toString(), "the first segment is missing");
        }
        for (var segment : segments.headMap(last.first()).values()) {
            long count = segments.higherKey(segment.first()) - segment.first();
            if (!segment.isIndexed(count)) segment.index(Recovery.full(segment, count));
        }
        return Recovery.last(last, covered);
    }

    /// Appends records that become durable together, next to one another, or not at all.
    CompletableFuture<Receipt> append(List<SealedRecord> records) {
        var receipt = new CompletableFuture<Receipt>();
        append(Group.completing(receipt, records));
        return receipt;
    }

    /// The same; groups are told in the order of the records.
    void append(Group group) {
        if (group.bytes > JournalWriter.MAX_COMMIT) {
            throw new IllegalArgumentException(
                    group.bytes + " bytes are more than " + JournalWriter.MAX_COMMIT);
        }
        waiting.add(group);
    }

    /// The number of the first record of each segment, in order.
    List<Long> starts() {
        return List.copyOf(segments.keySet());
    }

    /// Removes the segments before the one that starts with this record. Whoever reads one is told that it is gone.
    void prune(Disk disk, DataDirectory directory, long first) throws IOException {
        if (!segments.containsKey(first)) {
            throw new IllegalArgumentException("no segment starts with record " + first);
        }
        for (var segment : List.copyOf(segments.headMap(first).keySet())) {
            segments.remove(segment);
            disk.delete(directory.segment(segment));
            disk.delete(directory.index(segment));
        }
        disk.forceDirectory(directory.journal());
    }

    /// The number of the first record that is kept.
    long first() {
        return segments.firstKey();
    }

    /// The number of durable records.
    long size() {
        return durable.records();
    }

    /// Waits until there are more than `count` records; false if that is not so in time.
    boolean awaitMoreThan(long count, Duration patience) throws InterruptedException {
        return durable.awaitMoreThan(count, patience);
    }

    /// @throws LogDamaged if the bytes of the record are not those that were written
    SealedRecord read(long index) throws IOException {
        if (index < first() && index >= 0) {
            throw new IndexOutOfBoundsException("record " + index + " was pruned");
        }
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("there is no record " + index + " of " + size());
        }
        var segment = segments.floorEntry(index).getValue();
        try (var reader = segment.reader(segment.position(index), ONE_RECORD)) {
            if (reader.next() instanceof Frame frame) return frame.record();
        }
        throw new LogDamaged(
                "record " + index + " in " + segment.file(), "it is not a whole frame");
    }

    /// Completes when all that was appended so far is durable, or failed.
    CompletableFuture<Void> flushed() {
        return append(List.of()).thenAccept(receipt -> {});
    }

    /// Its segments by their first records.
    ConcurrentNavigableMap<Long, Segment> segments() {
        return segments;
    }

    /// Reads from a record on, or from the first that is kept if that is later.
    JournalCursor cursor(long from) {
        return new JournalCursor(segments, durable, Math.max(from, first()));
    }

    /// The leaf of a durable record, if it is one of the newest, which memory holds.
    @Nullable Bytes freshLeaf(long index) {
        return fresh.leaf(index);
    }

    /// How often the disk was forced.
    long commits() {
        return writer.commits();
    }

    /// How many bytes were written.
    long bytes() {
        return writer.bytes();
    }

    /// How long its files are up to the end of their records: what is allocated ahead does not count.
    long length() throws IOException {
        long length = 0;
        for (var segment : segments.values()) length += segment.length();
        return length;
    }

    /// Why records are refused at present, if they are.
    Optional<String> trouble() {
        return writer.trouble();
    }

    /// Writes what waits and takes no more.
    @Override
    public void close() throws IOException {
        try {
            writer.finish();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the journal is still being written", interrupted);
        }
        durable.close();
        preparation.close();
        tail.close();
    }
}
