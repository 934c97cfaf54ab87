// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import org.carnet.node.points.DiskUse;
import org.carnet.node.points.RecordReads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Measures now and then how large the record is and what it takes on disk.
///
/// The files of a large log take long to look at, so a measurement that took long is not soon followed by the next.
final class GrowthMeter implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(GrowthMeter.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /// At most this part of the time is spent on measuring.
    private static final int ONE_OF = 50;

    private final Growth growth;
    private final RecordReads records;
    private final DiskUse use;
    private final InstantSource clock;
    private @Nullable Thread thread;

    GrowthMeter(Growth growth, RecordReads records, DiskUse use, InstantSource clock) {
        this.growth = growth;
        this.records = records;
        this.use = use;
        this.clock = clock;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("growth").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var start = clock.instant();
                measure();
                var rest = Duration.between(start, clock.instant()).multipliedBy(ONE_OF);
                Thread.sleep(rest.compareTo(PERIOD) > 0 ? rest : PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure() {
        try {
            long bytes = use.journalBytes() + bytesBelow(records.logDirectory().resolve("tile"));
            growth.add(new Growth.Point(clock.instant(), records.size(), bytes));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the size of the log could not be measured", e);
        }
    }

    private static long bytesBelow(Path directory) throws IOException {
        var bytes = new AtomicLong();
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes.addAndGet(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    // It was replaced by a fuller one meanwhile, or there is none yet.
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes.get();
    }

    @Override
    public void stop() {
        var running = thread;
        if (running == null) return;
        thread = null;
        running.interrupt();
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
