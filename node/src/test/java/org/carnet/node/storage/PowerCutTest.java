// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;
import static org.carnet.node.storage.Samples.entry;

import org.carnet.Bytes;
import org.carnet.node.points.Entry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/// The power goes in the middle of any write, again and again; what was not forced survives as chance wills.
class PowerCutTest {
    private static final int CUTS = 60;
    private static final Path ROOT = Path.of("data").toAbsolutePath();

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());

    /// What was acknowledged: index and details.
    private final Map<Long, String> told = new ConcurrentSkipListMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void nothingThatWasAcknowledgedIsMissingAndTheLogVerifies(long seed) throws IOException {
        var random = new Random(seed);
        var disk = new SimulatedDisk();
        Optional<Bytes> signed = Optional.empty();
        for (int cut = 0; cut < CUTS; cut++) {
            disk.cutPowerAfter(random.nextInt(30_000));
            signed = runUntilPowerIsCut(disk, random, signed);
            disk = disk.afterPowerCut(random);
            try (var ledger = open(disk)) {
                for (var one : told.entrySet()) {
                    assertThat(ledger.read(one.getKey()).details())
                            .as("record %d after cut %d of seed %d", one.getKey(), cut, seed)
                            .contains(Bytes.utf8(one.getValue()));
                }
            }
            var verification =
                    new LogVerification(Optional.of(LOG.verifier()), signed, Optional.of(keys));
            assertThat(verification.directory(disk, ROOT))
                    .as("cut %d of seed %d", cut, seed)
                    .isInstanceOf(LogVerdict.Verified.class);
        }
        assertThat(told).hasSizeGreaterThan(CUTS);
    }

    private Ledger open(SimulatedDisk disk) throws IOException {
        var settings = new LedgerSettings(ROOT, Duration.ofHours(1), 1 << 13);
        return new Ledger(disk, settings, LOG, keys, InstantSource.fixed(NOON), new SecureRandom());
    }

    /// Appends and signs until the power goes, and returns the last checkpoint that somebody may have seen.
    private Optional<Bytes> runUntilPowerIsCut(
            SimulatedDisk disk, Random random, Optional<Bytes> signed) {
        var last = signed;
        Ledger ledger;
        try {
            ledger = open(disk);
        } catch (IOException cutAtStart) {
            return last;
        }
        try (ledger) {
            for (int round = 0; round < 1000; round++) {
                var appended = new ArrayList<CompletableFuture<?>>();
                for (int i = random.nextInt(6); i >= 0; i--) appended.add(append(ledger, random));
                appended.forEach(CompletableFuture::join);
                if (random.nextInt(4) == 0) ledger.prove(ledger.size() - 1);
                last = Optional.of(ledger.signedCheckpoint());
            }
        } catch (IOException | RuntimeException powerIsOff) {
            // as it was meant to be
        }
        return last;
    }

    private CompletableFuture<?> append(Ledger ledger, Random random) {
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
                                told.put(receipt.firstIndex() + i, names.get(i));
                            }
                        });
    }
}
