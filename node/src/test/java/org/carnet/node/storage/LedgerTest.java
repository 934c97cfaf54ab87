// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;
import static org.carnet.node.storage.Samples.append;
import static org.carnet.node.storage.Samples.entry;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.MerkleHash;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.TlogProof;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

class LedgerTest {
    @TempDir Path directory;

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());

    private Ledger open() throws IOException {
        return open(keys);
    }

    private Ledger open(SubjectKeys keys) throws IOException {
        var settings = new LedgerSettings(directory, Duration.ofHours(1), 1 << 16);
        return new Ledger(settings, LOG, keys, InstantSource.fixed(NOON), new SecureRandom());
    }

    @Test
    void whatIsAppendedIsReadAgain() throws IOException {
        try (var ledger = open()) {
            var receipt = ledger.append(List.of(entry("one"), entry("two"))).join();
            assertThat(receipt.firstIndex()).isZero();
            assertThat(ledger.append(List.of(entry("three"))).join().firstIndex()).isEqualTo(2);
            var second = ledger.read(1);
            assertThat(second.index()).isEqualTo(1);
            assertThat(second.details()).contains(Bytes.utf8("two"));
            assertThat(second.record().kind()).isEqualTo(Record.Kind.RECEIVED);
            assertThat(second.record().assurance()).isEqualTo(Assurance.THING);
            assertThat(second.record().time()).isEqualTo(NOON);
            assertThat(second.record().actor())
                    .isEqualTo(keys.of("owner-1", Samples.NOON).pseudonym("did:key:z1"));
        }
    }

    @Test
    void nothingIsReadBeyondTheEnd() throws IOException {
        try (var ledger = open()) {
            append(ledger, 3);
            assertThatThrownBy(() -> ledger.read(3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> ledger.read(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> ledger.prove(3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void theFilesTellNoPlaintext() throws IOException {
        try (var ledger = open()) {
            ledger.append(List.of(entry("a secret of the owner"))).join();
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Bytes.unsafe(Files.readAllBytes(file)).toUtf8())
                        .doesNotContain("secret", "owner-1", "did:key", "mapping-1");
            }
        }
    }

    @Test
    void withoutTheSubjectsKeyTheDetailsAreGoneAndTheProofStands() throws IOException {
        try (var ledger = open()) {
            append(ledger, 5);
        }
        try (var ledger = open(new MemorySubjectKeys(new SecureRandom()))) {
            assertThat(ledger.read(2).details()).isEmpty();
            assertThat(verdict(ledger.prove(2))).isInstanceOf(VerifiedCheckpoint.class);
        }
    }

    @Test
    void nobodyIsNobody() throws IOException {
        var entry =
                new Entry(Record.Kind.STARTED, Assurance.NONE, "node", "", "", Bytes.utf8("{}"));
        try (var ledger = open()) {
            ledger.append(List.of(entry)).join();
            assertThat(ledger.read(0).record().actor()).isEqualTo(Pseudonym.NOBODY);
        }
    }

    @Test
    void everyRecordIsProvedAtOnceAndAtEverySize() throws IOException {
        try (var ledger = open()) {
            for (int size : new int[] {1, 2, 255, 256, 257, 700}) {
                append(ledger, (int) (size - ledger.size()));
                for (long index : new long[] {0, size / 2, size - 1}) {
                    var proof = ledger.prove(index);
                    assertThat(proof.index()).isEqualTo(index);
                    assertThat(proof.extra()).contains(ledger.read(index).record().encode());
                    assertThat(verdict(TlogProof.parse(proof.encode())))
                            .isInstanceOf(VerifiedCheckpoint.class);
                }
                assertThat(ledger.stats().covered()).isEqualTo(size);
            }
        }
    }

    private static Object verdict(TlogProof proof) {
        return proof.verify(MerkleHash.leaf(proof.extra().orElseThrow()), LOG.verifier());
    }

    @Test
    void aLedgerGoesOnWhereItWasClosed() throws IOException {
        for (int round = 0; round < 4; round++) {
            try (var ledger = open()) {
                assertThat(ledger.size()).isEqualTo(round * 300);
                append(ledger, 300);
                assertThat(ledger.read(round * 300 + 7).details()).contains(Bytes.utf8("update 7"));
                assertThat(ledger.read(7).details()).contains(Bytes.utf8("update 7"));
                assertThat(verdict(ledger.prove(0))).isInstanceOf(VerifiedCheckpoint.class);
            }
        }
        assertThat(directory.resolve("journal/0000000000000000.index")).exists();
    }

    @Test
    @Timeout(60)
    void aFollowerReadsWhatWasAndWaitsForWhatComes() throws Exception {
        try (var ledger = open();
                var follower = ledger.follow(1)) {
            append(ledger, 3);
            assertThat(follower.next(Duration.ZERO).orElseThrow().index()).isEqualTo(1);
            assertThat(follower.next(Duration.ZERO).orElseThrow().index()).isEqualTo(2);
            assertThat(follower.next(Duration.ofMillis(1))).isEmpty();
            var appended = ledger.append(List.of(entry("late")));
            var late = follower.next(Duration.ofHours(1)).orElseThrow();
            assertThat(late.index()).isEqualTo(3);
            assertThat(late.details()).contains(Bytes.utf8("late"));
            appended.join();
        }
    }

    @Test
    void aFollowerGoesOnAfterARestart() throws Exception {
        long next;
        try (var ledger = open();
                var follower = ledger.follow(0)) {
            append(ledger, 400);
            for (int i = 0; i < 150; i++) follower.next(Duration.ZERO);
            next = follower.index();
        }
        try (var ledger = open();
                var follower = ledger.follow(next)) {
            append(ledger, 400);
            for (long index = 150; index < 800; index++) {
                var stored = follower.next(Duration.ZERO).orElseThrow();
                assertThat(stored.index()).isEqualTo(index);
                assertThat(stored.details()).contains(Bytes.utf8("update " + index % 400));
            }
            assertThat(follower.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void manyAppendAtOnceAndEachFindsItsOwnRecords() throws Exception {
        var told = new ConcurrentHashMap<Long, String>();
        try (var ledger = open()) {
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 50; caller++) {
                    int number = caller;
                    callers.submit(
                            () -> {
                                for (int i = 0; i < 40; i++) {
                                    var name = number + "/" + i;
                                    var group = List.of(entry(name), entry(name + " too"));
                                    long first = ledger.append(group).join().firstIndex();
                                    told.put(first, name);
                                    told.put(first + 1, name + " too");
                                }
                            });
                }
            }
            assertThat(ledger.size()).isEqualTo(4000);
            assertThat(told).hasSize(4000);
            for (var one : told.entrySet()) {
                assertThat(ledger.read(one.getKey()).details())
                        .contains(Bytes.utf8(one.getValue()));
            }
        }
    }

    @Test
    void whateverTheCallersOutcomesAreToldInTheOrderOfTheRecords() throws Exception {
        var told = Collections.synchronizedList(new ArrayList<Long>());
        var teller =
                new Records.Told() {
                    @Override
                    public void durable(Receipt receipt) {
                        told.add(receipt.firstIndex());
                    }

                    @Override
                    public void failed(Throwable failure) {
                        throw new AssertionError(failure);
                    }
                };
        try (var ledger = open()) {
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 50; caller++) {
                    callers.submit(
                            () -> {
                                for (int i = 0; i < 200; i++)
                                    ledger.append(List.of(entry("x")), teller);
                            });
                }
            }
            ledger.flushed().join();
        }
        assertThat(told).hasSize(10_000).isSorted();
    }

    @Test
    void flushedComesAfterAllThatWasAppended() throws IOException {
        try (var ledger = open()) {
            for (int i = 0; i < 100; i++) ledger.append(List.of(entry("x")));
            ledger.flushed().join();
            assertThat(ledger.size()).isEqualTo(100);
        }
    }

    @Test
    void aClockThatJumpsMovesNoRecordAndSpoilsNothing() throws IOException {
        var jumps =
                List.of(NOON, NOON.minus(Duration.ofDays(400)), NOON.plus(Duration.ofDays(4000)));
        var now = new AtomicReference<>(NOON);
        var settings = new LedgerSettings(directory, Duration.ofHours(1), 1 << 16);
        try (var ledger = new Ledger(settings, LOG, keys, now::get, new SecureRandom())) {
            for (int i = 0; i < jumps.size(); i++) {
                now.set(jumps.get(i));
                var receipt = ledger.append(List.of(entry("update " + i))).join();
                assertThat(receipt.firstIndex()).isEqualTo(i);
                assertThat(ledger.read(i).record().time()).isEqualTo(jumps.get(i));
                ledger.prove(i);
            }
        }
        try (var again = open()) {
            assertThat(again.size()).isEqualTo(jumps.size());
        }
        assertThat(LogVerification.plain().directory(directory))
                .isInstanceOf(LogVerdict.Verified.class);
    }

    @Test
    void aSecondNodeOnTheSameDirectoryIsRefused() throws IOException {
        try (var ledger = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerInUse.class)
                    .hasMessageContaining(directory.toString());
            append(ledger, 1);
        }
        open().close();
    }

    @Test
    void aDirectoryThatAnotherProcessHasOpenIsRefused() throws Exception {
        var other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherProcess.class.getName(),
                                directory.resolve("lock").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(other.inputReader().readLine()).isEqualTo("true");
        assertThatThrownBy(this::open).isInstanceOf(LedgerInUse.class);
        other.destroyForcibly().waitFor();
        open().close();
    }

    /// Holds the lock until it is killed.
    static final class OtherProcess {
        public static void main(String[] arguments) throws IOException {
            var lock = new RealDisk().lock(Path.of(arguments[0]));
            System.out.println(lock.isPresent());
            System.in.read();
        }
    }

    @Test
    void closingWritesWhatWaits() throws IOException {
        try (var ledger = open()) {
            for (int i = 0; i < 1000; i++) ledger.append(List.of(entry("x")));
        }
        try (var ledger = open()) {
            assertThat(ledger.size()).isEqualTo(1000);
        }
    }

    @Test
    void aClosedLedgerTakesNothing() throws IOException {
        var ledger = open();
        ledger.close();
        assertThat(ledger.append(List.of(entry("late")))).isCompletedExceptionally();
    }

    @Test
    void lostTilesAreBuiltAgain() throws IOException {
        try (var ledger = open()) {
            append(ledger, 700);
        }
        Bytes before = Bytes.unsafe(Files.readAllBytes(directory.resolve("tile/0/001")));
        try (var files = Files.walk(directory.resolve("tile"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
        }
        Files.delete(directory.resolve("journal/0000000000000000.index"));
        try (var ledger = open()) {
            assertThat(ledger.stats().covered()).isEqualTo(700);
            assertThat(verdict(ledger.prove(300))).isInstanceOf(VerifiedCheckpoint.class);
        }
        assertThat(directory.resolve("tile/0/001")).hasBinaryContent(before.toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/002.p/188"})
    void aLostOrDamagedFileOfTheEdgeIsBuiltAgain(String name) throws IOException {
        try (var ledger = open()) {
            append(ledger, 700);
        }
        var file = directory.resolve(name);
        var content = Files.readAllBytes(file);
        Files.delete(file);
        open().close();
        assertThat(file).hasBinaryContent(content);
        Files.write(file, new byte[content.length]);
        open().close();
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void aJournalThatContradictsTheCheckpointIsNotSigned() throws IOException {
        try (var ledger = open()) {
            append(ledger, 10);
        }
        var checkpoint = Files.readAllBytes(directory.resolve("checkpoint"));
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
        }
        try (var ledger = open()) {
            append(ledger, 12);
        }
        Files.write(directory.resolve("checkpoint"), checkpoint);
        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("records 0 to 9")
                .hasMessageContaining("not those that the checkpoint covers");
    }

    @Test
    void aJournalOfOtherRecordsBesideTheSameTilesIsNotOpened() throws IOException {
        var segment = directory.resolve("journal/0000000000000000.segment");
        var bundle = directory.resolve("tile/entries/000.p/10");
        try (var ledger = open()) {
            append(ledger, 10);
        }
        var journal = Files.readAllBytes(segment);
        var entries = Files.readAllBytes(bundle);
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
        }
        try (var ledger = open()) {
            append(ledger, 10);
        }
        Files.write(segment, journal);
        Files.write(bundle, entries);
        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("not those that the checkpoint covers");
    }

    @Test
    void aJournalShorterThanTheCheckpointIsNotOpened() throws IOException {
        try (var ledger = open()) {
            append(ledger, 10);
        }
        Files.delete(directory.resolve("journal/0000000000000000.segment"));
        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("record 0")
                .hasMessageContaining("the checkpoint covers it");
    }

    @Test
    void anotherKeyCannotGoOnWithTheLog() throws IOException {
        open().close();
        var other = Samples.signer("carnet.local/arcadia");
        assertThatThrownBy(
                        () ->
                                new Ledger(
                                        LedgerSettings.in(directory),
                                        other,
                                        keys,
                                        InstantSource.fixed(NOON),
                                        new SecureRandom()))
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("log.vkey");
    }
}
