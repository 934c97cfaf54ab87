// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Fills the next segment with zeros and writes where the records of the last one start, beside the writer.
///
/// Writing over zeros makes a commit several times cheaper than letting a file grow, and finds a full disk while
/// nothing is at stake yet.
final class Preparation implements Closeable {
    private static final int CHUNK = 1 << 20;

    private final Disk disk;
    private final DataDirectory directory;
    private final long segmentBytes;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("carnet-journal-preparation").factory());
    private @Nullable CompletableFuture<DiskFile> next;

    Preparation(Disk disk, DataDirectory directory, long segmentBytes) {
        this.disk = disk;
        this.directory = directory;
        this.segmentBytes = segmentBytes;
    }

    /// Begins with the next segment, unless that has begun.
    void begin() {
        if (next == null) next = CompletableFuture.supplyAsync(this::prepared, worker);
    }

    /// The file that becomes the segment from record `first` on, with room for so many bytes of frames.
    ///
    /// @throws DiskFull if there is no room for a segment; the next call tries again
    DiskFile take(long first, long bytes) throws IOException {
        // What failed while there was time may succeed now.
        if (next != null && next.isCompletedExceptionally()) next = null;
        begin();
        var preparing = next;
        next = null;
        if (preparing == null) throw new IllegalStateException("nothing is being prepared");
        DiskFile file;
        try {
            file = preparing.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof UncheckedIOException io) throw io.getCause();
            throw failure;
        }
        try {
            if (file.size() < Segment.HEADER + bytes) fill(file, Segment.HEADER + bytes);
            file.write(ByteBuffer.wrap(Segment.header(first)), 0);
            file.force();
            disk.rename(directory.prepared(), directory.segment(first));
            disk.forceDirectory(directory.journal());
            return file;
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    /// The segment that was taken, from record `first` on.
    Segment segment(long first, Offsets offsets) {
        return new Segment(disk, directory, first, offsets);
    }

    /// Lets a full segment tell from a file where its records start.
    void index(Segment segment, Offsets offsets) {
        worker.execute(
                () -> {
                    try {
                        segment.index(offsets);
                    } catch (IOException failure) {
                        // Memory goes on telling it, and the next start writes the file.
                        System.getLogger(Preparation.class.getName())
                                .log(System.Logger.Level.WARNING, "no index written", failure);
                    }
                });
    }

    private DiskFile prepared() {
        try {
            disk.delete(directory.prepared());
            if (disk.room(directory.journal()) < segmentBytes) {
                throw new DiskFull("no room on the disk for a segment of the journal");
            }
            var file = disk.open(directory.prepared());
            try {
                fill(file, segmentBytes);
                return file;
            } catch (IOException failure) {
                file.close();
                disk.delete(directory.prepared());
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Little by little, so that the commits of the segment before never wait for long.
    private static void fill(DiskFile file, long size) throws IOException {
        var zeros = ByteBuffer.allocateDirect((int) Math.min(CHUNK, size));
        for (long at = file.size(); at < size; at += zeros.limit()) {
            file.write(zeros.clear().limit((int) Math.min(zeros.capacity(), size - at)), at);
            file.force();
        }
    }

    @Override
    public void close() throws IOException {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("the next segment is still being written");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (next != null && !next.isCompletedExceptionally()) {
            next.join().close();
            disk.delete(directory.prepared());
        }
    }
}
