// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;
import static org.carnet.node.storage.Samples.entry;

import org.carnet.Bytes;
import org.carnet.node.points.Entry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// The power goes at every operation on the disk in turn, in the middle of it where it is a write; what was not forced
/// survives as chance wills.
///
/// `./carnet soak power-cut` runs it for as many cuts as asked; a seed repeats the run.
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("power.cuts", 600);
    private static final long SEED = Long.getLong("power.seed", 1);

    /// A disk lives through so many cuts, and then there is a new one.
    private static final int CUTS_OF_A_DISK = 10;

    /// The cuts fall on each of so many operations in turn, counted from the start of the node.
    private static final int OPERATIONS = 300;

    private static final Path ROOT = Path.of("data").toAbsolutePath();
    private static final Logger LOGGER = Logger.getLogger("org.carnet.node.storage");

    /// What somebody was told, by which all must stand.
    private static final class Told {
        /// Index and details.
        private final Map<Long, String> records = new ConcurrentSkipListMap<>();

        private Optional<Bytes> checkpoint = Optional.empty();
        private long snapshots;
    }

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());
    private final Random random = new Random(SEED);
    private final Map<String, Integer> seen = new HashMap<>();

    @BeforeAll
    static void everyCutIsAnErrorWorthTellingElsewhere() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void errorsAreToldAgain() {
        LOGGER.setLevel(null);
    }

    @Test
    void nothingThatWasAcknowledgedIsMissingAndTheLogVerifies() throws IOException {
        var disk = new SimulatedDisk();
        var told = new Told();
        long acknowledged = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            if (cut % CUTS_OF_A_DISK == 0) {
                disk = new SimulatedDisk();
                told = new Told();
            }
            int before = told.records.size();
            disk.cutPowerAfter(cut % OPERATIONS, random.nextDouble());
            runUntilPowerIsCut(disk, told);
            acknowledged += told.records.size() - before;
            disk = disk.afterPowerCut(random);
            check(disk, told, "after cut %d of seed %d".formatted(cut, SEED));
            if ((cut + 1) % 500 == 0 || cut + 1 == CUTS) {
                System.out.printf(
                        "%d of %d power cuts: %d records acknowledged, none lost%n",
                        cut + 1, CUTS, acknowledged);
            }
        }
        assertThat(acknowledged).isGreaterThan(CUTS);
        assertThat(seen).containsKeys("at the start", "later");
    }

    private Ledger open(SimulatedDisk disk) throws IOException {
        var settings = new LedgerSettings(ROOT, Duration.ofHours(1), 1 << 13);
        return new Ledger(disk, settings, LOG, keys, InstantSource.fixed(NOON), new SecureRandom());
    }

    private Snapshots snapshots(SimulatedDisk disk) {
        return new Snapshots(disk, ROOT, keys, new SecureRandom());
    }

    private void runUntilPowerIsCut(SimulatedDisk disk, Told told) {
        Ledger ledger;
        try {
            ledger = open(disk);
        } catch (IOException cutAtStart) {
            seen.merge("at the start", 1, Integer::sum);
            return;
        }
        seen.merge("later", 1, Integer::sum);
        try (ledger) {
            while (true) {
                var appended = new ArrayList<CompletableFuture<?>>();
                for (int i = random.nextInt(6); i >= 0; i--) appended.add(append(ledger, told));
                appended.forEach(CompletableFuture::join);
                if (random.nextInt(4) == 0) ledger.prove(ledger.size() - 1);
                told.checkpoint = Optional.of(ledger.signedCheckpoint());
                if (random.nextInt(8) == 0) {
                    var memory = new Snapshots.Memory("owner-1", Bytes.utf8("window"));
                    snapshots(disk).write("windows", ledger.size(), Stream.of(memory));
                    told.snapshots = ledger.size();
                }
            }
        } catch (IOException | RuntimeException powerIsOff) {
            // as it was meant to be
        }
    }

    private CompletableFuture<?> append(Ledger ledger, Told told) {
        var group = new ArrayList<Entry>();
        var names = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            names.add("update " + random.nextLong() + " ".repeat(random.nextInt(300)));
            group.add(entry(names.getLast()));
        }
        return ledger.append(group)
                .thenAccept(
                        receipt -> {
                            for (int i = 0; i < names.size(); i++) {
                                told.records.put(receipt.firstIndex() + i, names.get(i));
                            }
                        });
    }

    private void check(SimulatedDisk disk, Told told, String when) throws IOException {
        try (var ledger = open(disk)) {
            for (var one : told.records.entrySet()) {
                assertThat(ledger.read(one.getKey()).details())
                        .as("record %d %s", one.getKey(), when)
                        .contains(Bytes.utf8(one.getValue()));
            }
        }
        if (told.snapshots > 0) {
            assertThat(snapshots(disk).read("windows"))
                    .as("the snapshot %s", when)
                    .isInstanceOfSatisfying(
                            Snapshots.Snapshot.class,
                            kept ->
                                    assertThat(kept.records())
                                            .isGreaterThanOrEqualTo(told.snapshots));
        }
        var verification =
                new LogVerification(
                        Optional.of(LOG.verifier()), told.checkpoint, Optional.of(keys));
        assertThat(verification.directory(disk, ROOT))
                .as("the log %s", when)
                .isInstanceOf(LogVerdict.Verified.class);
    }
}
