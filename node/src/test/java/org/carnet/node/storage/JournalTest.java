// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.carnet.node.points.StorageFull;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

class JournalTest {
    private static final int SEGMENT = 1 << 14;
    private static final Path ROOT = Path.of("data").toAbsolutePath();
    private static final DataDirectory DIRECTORY = new DataDirectory(ROOT);
    private static final Path FIRST = DIRECTORY.segment(0);

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());
    private final SimulatedDisk disk = new SimulatedDisk();

    private Journal open() throws IOException {
        return open(disk, 0);
    }

    private static Journal open(SimulatedDisk disk, long covered) throws IOException {
        return new Journal(disk, DIRECTORY, SEGMENT, Duration.ZERO, covered);
    }

    private SealedRecord record(int length) {
        return Samples.sealed(keys, "x".repeat(length));
    }

    private CompletableFuture<Receipt> append(Journal journal, int records) {
        var group = new ArrayList<SealedRecord>();
        for (int i = 0; i < records; i++) group.add(record(100));
        return journal.append(group);
    }

    private void change(Path file, int offset, byte[] bytes) throws IOException {
        disk.open(file).write(ByteBuffer.wrap(bytes), offset);
    }

    @Test
    void recordsAreReadInTheOrderOfTheirReceiptsAcrossSegments() throws IOException {
        var records = new ArrayList<SealedRecord>();
        try (var journal = open()) {
            for (int i = 0; i < 300; i++) {
                var record = record(i);
                records.add(record);
                assertThat(journal.append(List.of(record)).join().firstIndex()).isEqualTo(i);
            }
        }
        try (var journal = open();
                var cursor = journal.cursor(0)) {
            assertThat(disk.list(DIRECTORY.journal())).hasSizeGreaterThan(5);
            for (int i = 0; i < 300; i++) {
                assertThat(journal.read(i).leaf()).isEqualTo(records.get(i).leaf());
                assertThat(cursor.next().sealed()).isEqualTo(records.get(i).sealed());
            }
            assertThat(cursor.next()).isNull();
        }
    }

    @Test
    void aGroupLargerThanASegmentGetsASegmentOfItsOwn() throws IOException {
        try (var journal = open()) {
            append(journal, 1).join();
            journal.append(List.of(record(3 * SEGMENT), record(10))).join();
            append(journal, 1).join();
        }
        try (var journal = open()) {
            assertThat(journal.size()).isEqualTo(4);
            assertThat(journal.read(1).sealed()).hasSizeGreaterThan(3 * SEGMENT);
        }
    }

    @Test
    void aGroupThatNoCommitCanHoldIsAProgrammersError() throws IOException {
        try (var journal = open()) {
            var group = List.of(record(JournalWriter.MAX_COMMIT));
            assertThatThrownBy(() -> journal.append(group))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFullDiskRefusesAndLosesNothingAndGoesOnBySpaceAlone() throws IOException {
        disk.capacity(3 * SEGMENT);
        try (var journal = open()) {
            long kept = 0;
            var last = append(journal, 1);
            while (!last.handle((receipt, failure) -> failure != null).join()) {
                kept++;
                last = append(journal, 1);
            }
            assertThatThrownBy(last::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StorageFull.class);
            assertThat(journal.size()).isEqualTo(kept);
            assertThat(append(journal, 1)).failsWithin(Duration.ofMinutes(1));
            assertThat(journal.trouble().orElseThrow()).contains("no room");
            disk.capacity(Long.MAX_VALUE);
            assertThat(append(journal, 1).join().firstIndex()).isEqualTo(kept);
            assertThat(journal.trouble()).isEmpty();
            assertThat(journal.read(kept - 1)).isNotNull();
        }
        try (var journal = open()) {
            assertThat(journal.size()).isGreaterThan(1);
        }
    }

    @Test
    void whatAFailedForceLeftDoesNotComeBack() throws IOException {
        try (var journal = open()) {
            append(journal, 2).join();
            disk.failForces(true);
            assertThat(append(journal, 5)).failsWithin(Duration.ofMinutes(1));
            disk.failForces(false);
            assertThat(append(journal, 1).join().firstIndex()).isEqualTo(2);
        }
        try (var journal = open()) {
            assertThat(journal.size()).isEqualTo(3);
        }
    }

    @Test
    void whatAFailedWriteLeftDoesNotComeBack() throws IOException {
        try (var journal = open()) {
            append(journal, 2).join();
            disk.failWrites(true);
            assertThat(append(journal, 5)).failsWithin(Duration.ofMinutes(1));
            disk.failWrites(false);
            assertThat(append(journal, 1).join().firstIndex()).isEqualTo(2);
        }
        try (var journal = open()) {
            assertThat(journal.size()).isEqualTo(3);
        }
    }

    @Test
    void whatAFailedForceLeftDoesNotComeBackWithoutAnotherAppendEither() throws IOException {
        var journal = open();
        append(journal, 2).join();
        disk.failForces(true);
        assertThat(append(journal, 5)).failsWithin(Duration.ofMinutes(1));
        disk.failForces(false);
        assertThat(journal.flushed()).succeedsWithin(Duration.ofMinutes(1));
        try (var after = open(disk.afterPowerCut(RandomGenerator.of("L64X128MixRandom")), 0)) {
            assertThat(after.size()).isEqualTo(2);
        }
        journal.close();
    }

    @Test
    void aGroupThatIsTornIsDroppedWhole() throws IOException {
        try (var journal = open()) {
            append(journal, 2).join();
            append(journal, 3).join();
        }
        int frame = Frame.size(record(100));
        change(FIRST, Segment.HEADER + 5 * frame - 20, new byte[20]);
        try (var journal = open()) {
            assertThat(journal.size()).isEqualTo(2);
            append(journal, 1).join();
        }
        try (var journal = open()) {
            assertThat(journal.size()).isEqualTo(3);
        }
    }

    @Test
    void aGroupWhoseEndIsMissingIsDroppedWhole() throws IOException {
        try (var journal = open()) {
            append(journal, 2).join();
            append(journal, 3).join();
        }
        int frame = Frame.size(record(100));
        change(FIRST, Segment.HEADER + 4 * frame, new byte[frame]);
        try (var journal = open()) {
            assertThat(journal.size()).isEqualTo(2);
        }
    }

    @Test
    void aRecordBehindWhichALaterCommitStandsIsNeverCutOff() throws IOException {
        try (var journal = open()) {
            for (int i = 0; i < 5; i++) append(journal, 1).join();
        }
        int frame = Frame.size(record(100));
        change(FIRST, Segment.HEADER + 3 * frame + 50, new byte[] {1, 2, 3});
        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("record 3 in " + FIRST)
                .hasMessageContaining("later records follow");
    }

    @Test
    void aRecordThatACheckpointCoversIsNeverCutOff() throws IOException {
        try (var journal = open()) {
            for (int i = 0; i < 5; i++) append(journal, 1).join();
        }
        int frame = Frame.size(record(100));
        change(FIRST, Segment.HEADER + 4 * frame, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> open(disk, 5))
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("record 4 in " + FIRST)
                .hasMessageContaining("a checkpoint covers it");
        try (var journal = open(disk, 4)) {
            assertThat(journal.size()).isEqualTo(4);
        }
    }

    @Test
    void aFullSegmentThatLacksRecordsIsNeverCutOff() throws IOException {
        try (var journal = open()) {
            for (int i = 0; i < 200; i++) append(journal, 1).join();
        }
        disk.delete(DIRECTORY.index(0));
        change(FIRST, SEGMENT - 600, new byte[600]);
        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("the next segment starts with record");
    }

    @Test
    void aDamagedRecordIsNotGivenOut() throws IOException {
        try (var journal = open()) {
            for (int i = 0; i < 5; i++) append(journal, 1).join();
            int frame = Frame.size(record(100));
            change(FIRST, Segment.HEADER + 3 * frame + 50, new byte[] {1, 2, 3});
            assertThat(journal.read(2)).isNotNull();
            assertThatThrownBy(() -> journal.read(3))
                    .isInstanceOf(LogDamaged.class)
                    .hasMessageContaining("record 3 in " + FIRST);
        }
    }

    @Test
    void whoeverFailsWhenToldKeepsNobodyElseFromBeingTold() throws IOException {
        var clumsy =
                new Records.Told() {
                    @Override
                    public void durable(Receipt receipt) {
                        throw new IllegalStateException("a bug of whoever is told");
                    }

                    @Override
                    public void failed(Throwable failure) {
                        throw new AssertionError(failure);
                    }
                };
        try (var journal = open()) {
            journal.append(new Group(List.of(record(10)), clumsy));
            assertThat(append(journal, 1).join().firstIndex()).isEqualTo(1);
            assertThat(append(journal, 1).join().firstIndex()).isEqualTo(2);
        }
    }

    @Test
    void aJournalOfAnEarlierVersionIsReadAndGrowsOn() throws IOException {
        open().close();
        var earlier = record(100);
        var frame = Samples.wholeFrame(earlier.leaf(), earlier.sealed());
        disk.open(FIRST).write(frame, Segment.HEADER);
        for (int starts = 1; starts < 3; starts++) {
            try (var journal = open()) {
                assertThat(append(journal, 100).join().firstIndex())
                        .isEqualTo(1 + (starts - 1) * 100L);
                assertThat(journal.read(0).leaf()).isEqualTo(earlier.leaf());
                assertThat(journal.read(0).sealed()).isEqualTo(earlier.sealed());
                var later = journal.read(1);
                assertThat(later.leaf()).endsWith(Crypto.sha256().digest(later.sealed()));
            }
        }
    }

    @Test
    void aDamagedIndexLeadsToNoOtherRecord() throws IOException {
        try (var journal = open()) {
            for (int i = 0; i < 200; i++) append(journal, 1).join();
        }
        try (var journal = open()) {
            var entry = ByteBuffer.allocate(8);
            disk.read(DIRECTORY.index(0)).read(entry, 16);
            change(DIRECTORY.index(0), 8, entry.array());
            assertThatThrownBy(() -> journal.read(17))
                    .isInstanceOf(LogDamaged.class)
                    .hasMessageContaining("record 16");
            assertThat(journal.read(15)).isNotNull();
            assertThat(journal.read(32)).isNotNull();
        }
    }
}
