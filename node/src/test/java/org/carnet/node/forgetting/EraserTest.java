// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.client.ErasureReceipt;
import org.carnet.log.Assurance;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.node.database.Database;
import org.carnet.node.database.Scrubbing;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.Keys;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.carnet.node.points.SubjectForgotten;
import org.carnet.node.settings.Settings;
import org.carnet.node.storage.Ledger;
import org.carnet.node.storage.LedgerSettings;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.Snapshots;
import org.carnet.node.storage.StorageAgent;
import org.carnet.node.storage.StoredSubjectKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// With a real ledger and the real PostgreSQL.
final class EraserTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration EPOCH = Duration.ofHours(1);

    @TempDir Path home;
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final List<String> told = new ArrayList<>();
    private Database database;
    private Ledger ledger;
    private StorageAgent storage;
    private StoredSubjectKeys subjectKeys;
    private NodeIdentity node;

    @BeforeEach
    void open() throws IOException {
        var data = home.resolve("node");
        var settings = Settings.of(Map.of("data.directory", data.toString()));
        database = Database.open(settings.database(), data);
        var random = new SecureRandom();
        var keys = NodeKeys.open(data, random);
        subjectKeys = new StoredSubjectKeys(database.dataSource(), keys.wrap(), random, EPOCH);
        var log = keys.signer("carnet.local/test");
        node = new NodeIdentity(keys.node(), log.verifier());
        ledger = new Ledger(LedgerSettings.in(data), log, subjectKeys, now::get, random);
        var snapshots = new Snapshots(data, subjectKeys, random);
        storage = new StorageAgent(ledger, snapshots, subjectKeys, data);
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        database.close();
    }

    private Requests requests() {
        return new Requests(JdbcClient.create(database.dataSource()));
    }

    /// @param steps dies at one of them, or at none
    private Eraser eraser(Steps steps, Forgets.Stage... stages) {
        var places = new ArrayList<Forgets>();
        for (var stage : stages) places.add(new Told(stage, steps));
        return new Eraser(
                new DyingKeys(storage, steps),
                new DyingRecords(storage, steps),
                storage,
                requests(),
                () -> steps.take(() -> List.of()),
                places,
                node,
                now::get,
                new SecureRandom());
    }

    private long append(String subject, String said) {
        var entry =
                new Entry(
                        Record.Kind.RECEIVED,
                        Assurance.NONE,
                        subject,
                        subject,
                        "thing",
                        Bytes.utf8(said));
        return storage.append(List.of(entry)).join().firstIndex();
    }

    private boolean opens(long index) {
        return storage.read(index).details().isPresent();
    }

    private static ErasureReceipt receipt(Eraser.Outcome outcome) {
        return ((Eraser.Erased) outcome).receipt();
    }

    @Test
    void whereverANodeDiesInAnErasureTheNextStartCarriesItToItsEndWithOneTombstone()
            throws Exception {
        int step = 0;
        boolean died = true;
        for (; died; step++) {
            for (boolean before : new boolean[] {true, false}) {
                var subject = "subject-" + step + before;
                long record = append(subject, "something");
                long size = storage.size();
                var steps = new Steps(step, before);
                var dying = eraser(steps, Forgets.Stage.MEMORY, Forgets.Stage.FILES);
                try {
                    dying.forget(subject, Keys.Range.ALL, "asked");
                } catch (Died expected) {
                    assertThat(requests().all()).hasSize(1);
                }
                died = steps.died();
                subjectKeys.begin(subject); // the next start knows of no bar
                told.clear();
                eraser(Steps.NONE, Forgets.Stage.FILES, Forgets.Stage.MEMORY).resume();
                if (died && !steps.diedAtTheEnd()) {
                    assertThat(told).containsExactly("MEMORY " + subject, "FILES " + subject);
                }
                assertThat(requests().all()).isEmpty();
                assertThat(opens(record)).isFalse();
                assertThat(subjectKeys.all(subject)).isEmpty();
                assertThat(storage.size()).isEqualTo(size + 1);
                assertThat(storage.read(size).record().kind()).isEqualTo(Record.Kind.ERASED);
            }
        }
        assertThat(step).isGreaterThanOrEqualTo(7);
    }

    @Test
    void placesAreToldInTheOrderOfTheirStagesAndCopiesThatFailArePending() throws Exception {
        append("alice", "something");
        var failing =
                new Told(Forgets.Stage.COPIES, Steps.NONE) {
                    @Override
                    public Outcome forget(Erasure erasure) {
                        super.forget(erasure);
                        throw new IllegalStateException("the backup is away");
                    }
                };
        var eraser =
                new Eraser(
                        storage,
                        storage,
                        storage,
                        requests(),
                        new Scrubbing(database.dataSource())::run,
                        List.of(
                                failing,
                                new Told(Forgets.Stage.SNAPSHOTS, Steps.NONE),
                                new Told(Forgets.Stage.OUTSIDE, Steps.NONE)),
                        node,
                        now::get,
                        new SecureRandom());
        var receipt = receipt(eraser.forget("alice", Keys.Range.ALL, "asked"));
        assertThat(told).containsExactly("OUTSIDE alice", "SNAPSHOTS alice", "COPIES alice");
        assertThat(receipt.pending())
                .extracting(ErasureReceipt.Place::place)
                .containsExactly("COPIES");
        assertThat(ErasureReceipt.verify(receipt.sign(node.key()), node.log()))
                .isInstanceOf(ErasureReceipt.Verified.class);
        assertThat(requests().all()).isEmpty();
    }

    @Test
    void aRangeTakesTheEpochsThatItTouchesAndLeavesTheOthersAndTheirPseudonyms() throws Exception {
        var indexes = new ArrayList<Long>();
        for (int hour = 0; hour < 5; hour++) {
            now.set(NOON.plus(Duration.ofHours(hour)).plusSeconds(1800));
            indexes.add(append("alice", "hour " + hour));
        }
        long bob = append("bob", "here");
        assertThat(storage.pseudonyms("alice", "thing")).hasSize(5);
        var erased = storage.read(indexes.get(1)).record().about();
        var range =
                Keys.Range.touching(
                        NOON.plus(Duration.ofMinutes(119)), NOON.plus(Duration.ofMinutes(121)));
        var receipt = receipt(eraser(Steps.NONE).forget("alice", range, "asked"));
        assertThat(indexes.stream().map(this::opens).toList())
                .containsExactly(true, false, false, true, true);
        assertThat(opens(bob)).isTrue();
        assertThat(storage.pseudonyms("alice", "thing")).hasSize(3).doesNotContain(erased);
        assertThat(receipt.erased())
                .containsExactly(
                        told(receipt, 0, 1, indexes.get(1)), told(receipt, 1, 2, indexes.get(2)));
        assertThat(receipt.whole()).isFalse();
    }

    private static ErasureReceipt.Erased told(
            ErasureReceipt receipt, int at, int hour, long index) {
        var from = NOON.plus(Duration.ofHours(hour));
        return new ErasureReceipt.Erased(
                receipt.erased().get(at).key(), from, from.plus(EPOCH), 1, index, index);
    }

    @Test
    void whatIsRecordedWhileARangeIsForgottenIsEitherBeforeTheTombstoneAndGoneOrAfterItAndKept()
            throws Exception {
        var acknowledged = new ConcurrentLinkedQueue<Long>();
        var stop = new AtomicBoolean();
        long tombstone;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.submit(
                        () -> {
                            while (!stop.get()) acknowledged.add(append("alice", "something"));
                        });
            }
            while (acknowledged.size() < 50) Thread.onSpinWait();
            var range = Keys.Range.touching(NOON, NOON.plusSeconds(1));
            var outcome = eraser(Steps.NONE).forget("alice", range, "asked");
            tombstone = ((Eraser.Erased) outcome).tombstone();
            int then = acknowledged.size();
            while (acknowledged.size() < then + 50) Thread.onSpinWait();
            stop.set(true);
        }
        assertThat(acknowledged).anyMatch(index -> index < tombstone);
        // What was sealed with the new key may have overtaken the tombstone, never the other way.
        assertThat(acknowledged.stream().filter(index -> index > tombstone))
                .isNotEmpty()
                .allMatch(this::opens);
        assertThat(acknowledged.stream().filter(index -> !opens(index)))
                .isNotEmpty()
                .allMatch(index -> index < tombstone);
        long kept = acknowledged.stream().filter(this::opens).count();
        assertThat(kept).isLessThan(acknowledged.size());
        assertThat(subjectKeys.all("alice")).hasSize(1);
    }

    @Test
    void nothingIsRecordedOfWhoIsForgottenUntilSomethingIsRegisteredAnew() throws Exception {
        var refused = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2; i++) {
                threads.submit(
                        () -> {
                            try {
                                while (true) append("alice", "something");
                            } catch (SubjectForgotten expected) {
                                refused.set(true);
                            }
                        });
            }
            while (storage.size() < 20) Thread.onSpinWait();
            eraser(Steps.NONE).forget("alice", Keys.Range.ALL, "asked");
        }
        assertThat(refused).isTrue();
        assertThat(subjectKeys.all("alice")).isEmpty();
        assertThatThrownBy(() -> append("alice", "more")).isInstanceOf(SubjectForgotten.class);
        assertThat(subjectKeys.all("alice")).isEmpty();
        var registered =
                new Entry(
                        Record.Kind.REGISTERED,
                        Assurance.NONE,
                        "alice",
                        "alice",
                        "t",
                        Bytes.utf8("{}"));
        storage.append(List.of(registered)).join();
        assertThat(opens(append("alice", "a new life"))).isTrue();
    }

    @Test
    void whatIsOldEnoughIsForgottenByItselfInWholeEpochsAndNoJumpOfTheClockMakesItOld()
            throws Exception {
        var nanos = new AtomicLong();
        var believed = new BelievedTime(JdbcClient.create(database.dataSource()));
        var retention =
                new Retention(
                        Optional.of(Duration.ofHours(2)),
                        Optional.empty(),
                        storage,
                        eraser(Steps.NONE),
                        believed,
                        () ->
                                new SteadyClock(
                                        now::get, nanos::get, believed.last().orElseGet(now::get)));
        var alice = new ArrayList<Long>();
        var bob = new ArrayList<Long>();
        for (int minutes = 0; minutes <= 270; minutes += 5) {
            if (minutes % 60 == 30) {
                alice.add(append("alice", "at " + minutes));
                bob.add(append("bob", "at " + minutes));
                append("carnet.local/test", "of the node itself");
            }
            retention.run();
            now.set(now.get().plus(Duration.ofMinutes(5)));
            nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        }
        for (var own : List.of(alice, bob)) {
            assertThat(own.stream().map(this::opens).toList())
                    .containsExactly(false, false, true, true, true);
        }
        assertThat(subjectKeys.all("carnet.local/test").size()).isGreaterThanOrEqualTo(5);
        now.set(now.get().plus(Duration.ofDays(4000)));
        assertThat(retention.run()).isZero();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(retention.run()).isEqualTo(2);
        assertThat(opens(alice.get(2))).isFalse();
        assertThat(opens(alice.get(4))).isTrue();
        assertThat(believed.last()).contains(NOON.plus(Duration.ofMinutes(335)));
    }

    /// The node's death.
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Counts steps, and dies before or after one of them.
    private static final class Steps {
        static final Steps NONE = new Steps(Integer.MAX_VALUE, true);
        private final int last;
        private final boolean before;
        private int count;
        private boolean died;

        Steps(int last, boolean before) {
            this.last = last;
            this.before = before;
        }

        <T> T take(Supplier<T> step) {
            boolean dies = count++ == last;
            if (dies) died = true;
            if (dies && before) throw new Died();
            var result = step.get();
            if (dies) throw new Died();
            return result;
        }

        boolean died() {
            return died;
        }

        /// Whether only the scrubbing was left to do.
        boolean diedAtTheEnd() {
            return died && last == 5;
        }
    }

    private class Told implements Forgets {
        private final Stage stage;
        private final Steps steps;

        Told(Stage stage, Steps steps) {
            this.stage = stage;
            this.steps = steps;
        }

        @Override
        public String place() {
            return stage.name();
        }

        @Override
        public Stage stage() {
            return stage;
        }

        @Override
        public Outcome forget(Erasure erasure) {
            return steps.take(
                    () -> {
                        told.add(stage + " " + erasure.subject());
                        return new Reached("done");
                    });
        }
    }

    private record DyingKeys(Keys keys, Steps steps) implements Keys {
        @Override
        public List<List<Erasure.ErasedKey>> close(List<String> subjects, Range range) {
            return steps.take(() -> keys.close(subjects, range));
        }

        @Override
        public List<String> expired(Range range) {
            return keys.expired(range);
        }

        @Override
        public int destroy(String subject, List<Erasure.ErasedKey> erased) {
            return steps.take(() -> keys.destroy(subject, erased));
        }

        @Override
        public OptionalLong find(Record.Kind kind, Pseudonym about) {
            return steps.take(() -> keys.find(kind, about));
        }
    }

    private record DyingRecords(Records records, Steps steps) implements Records {
        @Override
        public CompletableFuture<Receipt> append(List<Entry> entries) {
            return steps.take(
                    () -> {
                        var appended = records.append(entries);
                        appended.join();
                        return appended;
                    });
        }

        @Override
        public void append(List<Entry> entries, Told told) {
            records.append(entries, told);
        }

        @Override
        public CompletableFuture<Void> flushed() {
            return records.flushed();
        }
    }
}
