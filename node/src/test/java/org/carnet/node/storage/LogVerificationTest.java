// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;
import static org.carnet.node.storage.Samples.append;

import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

class LogVerificationTest {
    private static final int RECORDS = 600;

    @TempDir Path directory;

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());
    private Bytes early;

    /// A log of several segments, with tiles of two levels, partial ones of earlier sizes, and a snapshot.
    @BeforeEach
    void aLog() throws IOException {
        try (var ledger = open()) {
            append(ledger, 100);
            ledger.prove(99);
            early = ledger.signedCheckpoint();
            append(ledger, 450);
            ledger.prove(549);
            append(ledger, RECORDS - 550);
        }
        new Snapshots(directory, keys, new SecureRandom())
                .write(
                        "windows",
                        RECORDS,
                        Stream.of(new Snapshots.Memory("owner-1", Bytes.utf8("sequence 7"))));
        Files.write(directory.resolve("journal/prepared"), new byte[1000]);
    }

    private Ledger open() throws IOException {
        var settings = new LedgerSettings(directory, Duration.ofHours(1), 13 << 11);
        return new Ledger(settings, LOG, keys, InstantSource.fixed(NOON), new SecureRandom());
    }

    private LogVerdict verdict() throws IOException {
        return LogVerification.plain().directory(directory);
    }

    private static LogVerdict.Verified verified(LogVerdict verdict) {
        assertThat(verdict).isInstanceOf(LogVerdict.Verified.class);
        return (LogVerdict.Verified) verdict;
    }

    private static LogVerdict.Failed failed(LogVerdict verdict) {
        assertThat(verdict).isInstanceOf(LogVerdict.Failed.class);
        return (LogVerdict.Failed) verdict;
    }

    private List<Path> files(String below) throws IOException {
        try (var files = Files.walk(directory.resolve(below))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void aLogAsItWasWrittenIsVerified() throws IOException {
        var verified = verified(verdict());
        assertThat(verified.checkpoint().checkpoint().size()).isEqualTo(RECORDS);
        assertThat(verified.counts()).isEqualTo(new LogVerdict.Counts(RECORDS, 0, 0, 4, 3, 1, 0));
    }

    @Test
    void oneChangedByteInAnyFileIsFoundAndItsPlaceIsNamed() throws IOException {
        var files = new ArrayList<>(files("journal"));
        files.addAll(files("tile"));
        files.addAll(files("state"));
        assertThat(files).hasSizeGreaterThan(15);
        var random = new Random(1);
        for (var file : files) {
            int length = (int) Files.size(file);
            var offsets = new TreeSet<>(List.of(0, 1, length / 2, length - 2, length - 1));
            for (int i = 0; i < 3; i++) offsets.add(random.nextInt(length));
            for (int offset : offsets) requireFound(file, offset, 1 + random.nextInt(255));
        }
        verified(verdict());
    }

    @Test
    void everyChangedByteOfTheCheckpointAndTheKeyIsFound() throws IOException {
        var random = new Random(2);
        for (var name : List.of("checkpoint", "log.vkey")) {
            var file = directory.resolve(name);
            for (int offset = 0; offset < Files.size(file); offset++) {
                requireFound(file, offset, 1 + random.nextInt(255));
            }
        }
    }

    private void requireFound(Path file, int offset, int change) throws IOException {
        var content = Files.readAllBytes(file);
        var changed = content.clone();
        changed[offset] ^= (byte) change;
        Files.write(file, changed);
        var name = directory.relativize(file).toString();
        var failed = failed(verdict());
        assertThat(failed.place()).as("byte %d of %s", offset, name).contains(name);
        assertThat(failed.check()).isNotEmpty();
        Files.write(file, content);
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        for (var name :
                List.of(
                        "checkpoint",
                        "log.vkey",
                        "tile/0/001",
                        "tile/1/000.p/2",
                        "tile/entries/000")) {
            var content = Files.readAllBytes(directory.resolve(name));
            Files.delete(directory.resolve(name));
            assertThat(failed(verdict()).place()).isEqualTo(name);
            Files.write(directory.resolve(name), content);
        }
    }

    @Test
    void whatANodeLeftThatDiedAmidItsWritesIsVerified(@TempDir Path found) throws IOException {
        try (var ledger = open()) {
            append(ledger, 300);
            Files.writeString(directory.resolve("state/windows.tmp"), "torn");
            Files.writeString(directory.resolve("journal/0000000000000000.index.tmp"), "torn");
            for (var below : List.of("journal", "tile", "state", "checkpoint", "log.vkey")) {
                for (var file : files(below)) {
                    var copy = found.resolve(directory.relativize(file));
                    Files.createDirectories(copy.getParent());
                    copyUnlessRenamed(file, copy);
                }
            }
        }
        assertThat(verified(LogVerification.plain().directory(found)).counts().uncovered())
                .isEqualTo(300);
        var partial = found.resolve("tile/0/002.p/88");
        Files.write(partial, new byte[88 * 32]);
        assertThat(failed(LogVerification.plain().directory(found)).place())
                .isEqualTo("tile/0/002.p/88");
    }

    /// The ledger is at work: a file that is being written gets its name once it is whole.
    private static void copyUnlessRenamed(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy);
        } catch (NoSuchFileException e) {
            assertThat(file.toString()).endsWith(".tmp");
        }
    }

    @Test
    void aSegmentThatIsMissingIsNamedByItsFirstRecord() throws IOException {
        for (var file : files("journal")) if (Segment.first(file) < 0) Files.delete(file);
        for (var segment : files("journal")) {
            Files.move(segment, directory.resolve("moved"));
            assertThat(failed(verdict()).place()).isEqualTo("record " + Segment.first(segment));
            Files.move(directory.resolve("moved"), segment);
        }
    }

    @Test
    void aFileThatDoesNotBelongIsNamed() throws IOException {
        for (var name :
                List.of(
                        "journal/notes.txt",
                        "tile/0/002.p/200",
                        "tile/0/7",
                        "tile/entries/009",
                        "state/junk")) {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), "junk");
            assertThat(failed(verdict()).place()).isEqualTo(name);
            Files.delete(directory.resolve(name));
        }
        verified(verdict());
    }

    @Test
    void withTheKeysEveryDetailIsOpened() throws IOException {
        var verification =
                new LogVerification(Optional.empty(), Optional.empty(), Optional.of(keys));
        assertThat(verified(verification.directory(directory)).counts().opened())
                .isEqualTo(RECORDS + 1);
    }

    @Test
    void detailsThatDoNotOpenAreNamed() throws IOException {
        var others = new MemorySubjectKeys(new SecureRandom());
        others.of("owner-1", Samples.NOON);
        var verification =
                new LogVerification(Optional.empty(), Optional.empty(), Optional.of(others));
        var failed = failed(verification.directory(directory));
        assertThat(failed.place()).isEqualTo("record 0");
        assertThat(failed.check()).contains("do not open");
    }

    @Test
    void aLogThatGrewFromAnEarlierCheckpointIsVerified() throws IOException {
        verified(since(early).directory(directory));
        verified(
                since(Bytes.unsafe(Files.readAllBytes(directory.resolve("checkpoint"))))
                        .directory(directory));
    }

    private static LogVerification since(Bytes checkpoint) {
        return new LogVerification(Optional.empty(), Optional.of(checkpoint), Optional.empty());
    }

    @Test
    void aLogThatWasWrittenAnewIsFoundOutByAnEarlierCheckpoint(@TempDir Path other)
            throws IOException {
        var settings = LedgerSettings.in(other);
        try (var ledger =
                new Ledger(settings, LOG, keys, InstantSource.fixed(NOON), new SecureRandom())) {
            append(ledger, 200);
        }
        verified(LogVerification.plain().directory(other));
        assertThat(failed(since(early).directory(other)).check()).contains("did not grow");
        assertThat(
                        failed(
                                        since(
                                                        Bytes.unsafe(
                                                                Files.readAllBytes(
                                                                        other.resolve(
                                                                                "checkpoint"))))
                                                .directory(directory))
                                .check())
                .contains("did not grow");
    }

    @Test
    void detailsThatAreNotThoseOfTheirRecordAreNamed(@TempDir Path other) throws IOException {
        var one = Samples.sealed(keys, "one");
        var two = Samples.sealed(keys, "two");
        var root = new DataDirectory(other);
        try (var journal = new Journal(new RealDisk(), root, 1 << 15, Duration.ZERO, 0)) {
            journal.append(List.of(one)).join();
        }
        try (var segment = new RealDisk().open(root.segment(0))) {
            segment.write(
                    Samples.wholeFrame(one.leaf(), two.sealed()), Segment.HEADER + Frame.size(one));
        }
        var settings = LedgerSettings.in(other);
        new Ledger(settings, LOG, keys, InstantSource.fixed(NOON), new SecureRandom()).close();
        var failed = failed(LogVerification.plain().directory(other));
        assertThat(failed.place()).isEqualTo("record 1");
        assertThat(failed.check()).contains("do not have the hash in its leaf");
    }

    @Test
    void aCheckpointThatSignsOtherRecordsIsFoundOut() throws IOException {
        var other = new Checkpoint("carnet.local/agora", RECORDS, MerkleHash.leaf(early));
        var note = LOG.sign(other.size(), other.root(), NOON).encode();
        Files.write(directory.resolve("checkpoint"), note.toArray());
        var failed = failed(verdict());
        assertThat(failed.place()).isEqualTo("checkpoint");
        assertThat(failed.check()).contains("do not have the root");
    }

    @Test
    void aCheckpointOverMoreRecordsThanThereAreIsFoundOut() throws IOException {
        var other = new Checkpoint("carnet.local/agora", RECORDS + 1, MerkleHash.leaf(early));
        var note = LOG.sign(other.size(), other.root(), NOON).encode();
        Files.write(directory.resolve("checkpoint"), note.toArray());
        assertThat(failed(verdict()).place()).isEqualTo("record " + RECORDS);
    }

    @Test
    void aLogUnderAnotherKeyThanAskedForIsNotBelieved() throws IOException {
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var pinned = LogVerifier.of(new NoteSigner("carnet.local/agora", key).verifier());
        var verification =
                new LogVerification(Optional.of(pinned), Optional.empty(), Optional.empty());
        assertThat(failed(verification.directory(directory)).place()).isEqualTo("log.vkey");
    }

    @Test
    void aLogIsVerifiedUpToItsCheckpointWhileItsNodeRuns() throws IOException {
        try (var ledger = open()) {
            append(ledger, 10);
            var verified = verified(verdict());
            assertThat(verified.counts().records()).isEqualTo(RECORDS);
            ledger.prove(RECORDS);
            assertThat(verified(verdict()).counts().records()).isEqualTo(RECORDS + 10);
        }
    }

    @Test
    void recordsAfterTheCheckpointAreVerifiedOnceTheNodeHasStopped() throws IOException {
        var checkpoint = Files.readAllBytes(directory.resolve("checkpoint"));
        try (var ledger = open()) {
            append(ledger, 300);
        }
        Files.write(directory.resolve("checkpoint"), checkpoint);
        var counts = verified(verdict()).counts();
        assertThat(counts.records()).isEqualTo(RECORDS + 300);
        assertThat(counts.uncovered()).isEqualTo(300);
    }

    @Test
    void aPublishedLogIsVerifiedByItsUrl() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server =
                SimpleFileServer.createFileServer(
                        address, directory.toAbsolutePath(), OutputLevel.NONE);
        server.start();
        try (var http = HttpClient.newHttpClient()) {
            var log = URI.create("http://localhost:" + server.getAddress().getPort());
            var verified = verified(since(early).url(log, http));
            assertThat(verified.counts())
                    .isEqualTo(new LogVerdict.Counts(RECORDS, 0, 0, 4, 3, 0, 0));
            for (var name :
                    List.of(
                            "checkpoint",
                            "log.vkey",
                            "tile/0/000",
                            "tile/1/000.p/2",
                            "tile/entries/001")) {
                var file = directory.resolve(name);
                var content = Files.readAllBytes(file);
                var changed = content.clone();
                changed[content.length / 3] ^= 1;
                Files.write(file, changed);
                failed(LogVerification.plain().url(log, http));
                Files.delete(file);
                assertThat(failed(LogVerification.plain().url(log, http)).place()).isEqualTo(name);
                Files.write(file, content);
            }
        } finally {
            server.stop(0);
        }
    }
}
