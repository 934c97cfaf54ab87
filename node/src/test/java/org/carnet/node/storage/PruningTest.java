// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;

import com.sun.net.httpserver.SimpleFileServer;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.EntryBundle;
import org.carnet.log.MerkleHash;
import org.carnet.log.Proofs;
import org.carnet.log.Record;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.points.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A log whose old records were removed is verified as before, and everything that is left is read as before.
class PruningTest {
    private static final int RECORDS = 2000;

    @TempDir Path directory;
    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private Bytes early;
    private Bytes firstLeaf;
    private long first;

    private Ledger open() throws IOException {
        var settings = new LedgerSettings(directory, Duration.ofHours(1), 1 << 15);
        return new Ledger(settings, LOG, keys, now::get, new SecureRandom());
    }

    @BeforeEach
    void aLogIsPruned() throws IOException {
        try (var ledger = open()) {
            Samples.append(ledger, 700);
            ledger.prove(699);
            early = ledger.signedCheckpoint();
            firstLeaf = ledger.prove(0).extra().orElseThrow();
            now.set(NOON.plus(Duration.ofDays(1)));
            Samples.append(ledger, RECORDS - 700);
            ledger.prove(RECORDS - 1);
            assertThat(ledger.prunable(NOON, RECORDS)).isZero();
            assertThat(ledger.prunable(now.get(), 10)).isZero();
            first = ledger.prunable(now.get(), RECORDS);
            assertThat(first).isBetween(500L, 700L);
            removed(ledger, first);
            ledger.prune(first);
        }
    }

    private static void removed(Ledger ledger, long first) {
        var entry =
                new Entry(
                        Record.Kind.PRUNED,
                        Assurance.NONE,
                        "carnet.local/agora",
                        "did:key:z1",
                        Pruned.named(first),
                        Bytes.utf8("{}"));
        ledger.append(List.of(entry)).join();
    }

    private LogVerdict verdict(Optional<Bytes> since) throws IOException {
        return new LogVerification(Optional.empty(), since, Optional.of(keys)).directory(directory);
    }

    private void assertVerified() throws IOException {
        var verdict = verdict(Optional.of(early));
        assertThat(verdict).isInstanceOf(LogVerdict.Verified.class);
        var counts = ((LogVerdict.Verified) verdict).counts();
        assertThat(counts.pruned()).isEqualTo(first);
        assertThat(counts.opened()).isEqualTo(counts.records() - first);
    }

    private Path bundle(long index) {
        return directory.resolve(EntryBundle.path(index, 256));
    }

    @Test
    void itIsVerifiedToItsLastByteAndItsRemovedRecordsAreStillProved() throws IOException {
        assertVerified();
        assertThat(bundle(0)).doesNotExist();
        assertThat(bundle(first / 256)).exists();
        var disk = new RealDisk();
        var tiles = new TileStore(disk, new DataDirectory(directory));
        var stored = new Checkpoints(disk, new DataDirectory(directory), LOG, now::get).stored();
        var checkpoint = stored.map(VerifiedCheckpoint::checkpoint).orElseThrow();
        var proof = new Proofs(tiles, checkpoint.size()).inclusion(0);
        assertThat(proof.verifies(MerkleHash.leaf(firstLeaf), checkpoint.root())).isTrue();
    }

    @Test
    void theNextStartReadsWhatIsLeftAndGoesOnFromThere() throws Exception {
        try (var ledger = open()) {
            assertThat(ledger.first()).isEqualTo(first);
            assertThatThrownBy(() -> ledger.read(first - 1)).hasMessageContaining("pruned");
            assertThat(ledger.read(first).details()).isPresent();
            try (var follower = ledger.follow(0)) {
                assertThat(follower.next(Duration.ZERO).orElseThrow().index()).isEqualTo(first);
            }
            Samples.append(ledger, 300);
            assertThat(ledger.prove(first).index()).isEqualTo(first);
        }
        assertVerified();
    }

    @Test
    void aTreeThatWasLostIsBuiltAgainFromTheTilesOfWhatWasRemoved() throws IOException {
        Files.delete(directory.resolve("tile/1/000.p/" + (RECORDS + 1) / 256));
        open().close();
        assertVerified();
        Files.delete(directory.resolve("checkpoint"));
        open().close();
        assertVerified();
    }

    @Test
    void itIsPrunedAgainAndADeathInBetweenIsNoDamage() throws IOException {
        now.set(now.get().plus(Duration.ofDays(1)));
        var before = directory.resolve("before");
        Files.createDirectories(before);
        var journal = directory.resolve("journal");
        try (var files = Files.list(journal)) {
            for (var file : files.toList()) {
                Files.copy(file, before.resolve(file.getFileName().toString()));
            }
        }
        Files.copy(bundle(5), before.resolve("bundle"));
        try (var ledger = open()) {
            first = ledger.prunable(now.get(), RECORDS);
            removed(ledger, first);
            ledger.prune(first);
        }
        assertVerified();
        long last = 0;
        try (var files = Files.list(before)) {
            for (var file : files.toList()) {
                long start = Segment.first(file);
                if (start < first) last = Math.max(last, start);
            }
        }
        assertThat(last / 256).isEqualTo(5);
        Files.copy(before.resolve("bundle"), bundle(5)); // bundles go after the journal
        for (var kind : List.of("segment", "index")) {
            var name = "%016x.%s".formatted(last, kind);
            Files.copy(before.resolve(name), journal.resolve(name));
        }
        long recorded = first;
        first = last;
        assertVerified();
        try (var ledger = open()) {
            assertThat(ledger.read(recorded - 1).details()).isPresent();
        }
    }

    @Test
    void aBeginningThatIsMissingAndWasNotPrunedIsDamage() throws IOException {
        Files.writeString(directory.resolve("pruned"), (first + 256) + "\n");
        assertThat(verdict(Optional.empty())).isInstanceOf(LogVerdict.Failed.class);
        Files.delete(directory.resolve("pruned"));
        assertThat(verdict(Optional.empty())).isInstanceOf(LogVerdict.Failed.class);
        assertThatThrownBy(this::open).isInstanceOf(LogDamaged.class);
    }

    @Test
    void aChangedByteInATileOrBundleOfWhatWasRemovedIsFound() throws IOException {
        for (var path : List.of("tile/0/000", "tile/0/001", EntryBundle.path(first / 256, 256))) {
            var file = directory.resolve(path);
            var content = Files.readAllBytes(file);
            for (int at : new int[] {0, content.length / 2, content.length - 1}) {
                var changed = content.clone();
                changed[at] ^= 1;
                Files.write(file, changed);
                assertThat(verdict(Optional.empty()))
                        .as("byte %d of %s", at, path)
                        .isInstanceOf(LogVerdict.Failed.class);
            }
            Files.write(file, content);
        }
        assertVerified();
    }

    @Test
    void aStrangerVerifiesItByItsUrlAndMissesNoBundleThatWasNotPruned() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server =
                SimpleFileServer.createFileServer(
                        address, directory.toAbsolutePath(), SimpleFileServer.OutputLevel.NONE);
        server.start();
        try (var http = HttpClient.newHttpClient()) {
            var log = URI.create("http://localhost:" + server.getAddress().getPort());
            var verdict = LogVerification.plain().url(log, http);
            assertThat(verdict).isInstanceOf(LogVerdict.Verified.class);
            assertThat(((LogVerdict.Verified) verdict).counts().pruned())
                    .isEqualTo(first / 256 * 256);
            Files.delete(bundle(first / 256));
            assertThat(LogVerification.plain().url(log, http))
                    .isInstanceOf(LogVerdict.Failed.class);
        } finally {
            server.stop(0);
        }
    }
}
