// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// How the writer lets commits gather. All here happens in the writer's own thread, in one order.
class GatheringTest {
    private static final DataDirectory DIRECTORY =
            new DataDirectory(Path.of("data").toAbsolutePath());

    private final SimulatedDisk disk = new SimulatedDisk();
    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());

    private Journal open(Consumer<Waiting> gathering) throws IOException {
        return new Journal(disk, DIRECTORY, 1 << 14, Duration.ZERO, 0, gathering);
    }

    private Group group(Runnable durable) {
        return new Group(
                List.of(Samples.sealed(keys, "details")),
                new Records.Told() {
                    @Override
                    public void durable(Receipt receipt) {
                        durable.run();
                    }

                    @Override
                    public void failed(Throwable failure) {
                        throw new AssertionError(failure);
                    }
                });
    }

    /// Once the first record is durable so many others come at a time; `last` completes when they are durable.
    private void append(Journal journal, int others, CompletableFuture<Void> last) {
        var left = new AtomicInteger(others);
        Runnable one =
                () -> {
                    if (left.decrementAndGet() == 0) last.complete(null);
                };
        journal.append(
                group(
                        () -> {
                            for (int i = 0; i < others; i++) journal.append(group(one));
                        }));
    }

    @Test
    void onceManyComeAtATimeTheWriterLetsMoreComeAndCommitsThemTogether() throws IOException {
        var many = new CompletableFuture<Void>();
        var gathered = new CompletableFuture<Void>();
        var left = new AtomicInteger(5);
        Runnable one =
                () -> {
                    if (left.decrementAndGet() == 0) gathered.complete(null);
                };
        Consumer<Waiting> gathering =
                waiting -> {
                    assertThat(many).isCompleted();
                    for (int i = 0; i < 5; i++) waiting.add(group(one));
                };
        try (var journal = open(gathering)) {
            append(journal, JournalWriter.MANY, many);
            assertThat(gathered).succeedsWithin(Duration.ofMinutes(1));
            assertThat(journal.size()).isEqualTo(1 + JournalWriter.MANY + 5);
            assertThat(journal.commits()).isEqualTo(3);
        }
    }

    @Test
    void whereFewComeNobodyWaits() throws IOException {
        var gatherings = new AtomicInteger();
        var few = new CompletableFuture<Void>();
        try (var journal = open(waiting -> gatherings.incrementAndGet())) {
            append(journal, JournalWriter.MANY - 1, few);
            assertThat(few).succeedsWithin(Duration.ofMinutes(1));
            assertThat(journal.flushed()).succeedsWithin(Duration.ofMinutes(1));
            assertThat(journal.commits()).isEqualTo(2);
        }
        assertThat(gatherings).hasValue(0);
    }

    @Test
    void gatheringLetsItsTimePassAndTakesNothing() {
        var waiting = new Waiting();
        var group = group(() -> {});
        waiting.add(group);
        long start = System.nanoTime();
        waiting.gather(Duration.ofMillis(3));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3_000_000);
        assertThat(waiting.take()).containsExactly(group);
    }
}
