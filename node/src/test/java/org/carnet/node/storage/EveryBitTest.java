// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;
import static org.carnet.node.storage.Samples.append;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Every bit of every file of a small log and its vault is flipped in turn.
class EveryBitTest {
    private static final Path ROOT = Path.of("data").toAbsolutePath();
    private static final int RECORDS = 5;

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());
    private final SimulatedDisk disk = new SimulatedDisk();

    private void aLog() throws IOException {
        var settings = new LedgerSettings(ROOT, Duration.ofHours(1), 3 << 7);
        var random = new SecureRandom();
        var clock = InstantSource.fixed(NOON);
        try (var ledger = new Ledger(disk, settings, LOG, keys, clock, random)) {
            append(ledger, 1);
            ledger.prove(0);
            append(ledger, RECORDS - 1);
        }
        var memory = new Snapshots.Memory("owner-1", Bytes.utf8("sequence 7"));
        new Snapshots(disk, ROOT, keys, random).write("windows", RECORDS, Stream.of(memory));
    }

    private LogVerdict verdict() throws IOException {
        return new LogVerification(Optional.empty(), Optional.empty(), Optional.of(keys))
                .directory(disk, ROOT);
    }

    @Test
    void isNoticedAndItsPlaceIsNamed() throws IOException {
        aLog();
        assertThat(verdict()).isInstanceOf(LogVerdict.Verified.class);
        var names = new TreeSet<String>();
        var missed = new ArrayList<String>();
        int flipped = 0;
        for (var file : disk.list(ROOT)) {
            var name = ROOT.relativize(file).toString();
            names.add(name.replaceAll("[0-9a-f]{16}", "N"));
            var content = disk.content(file);
            for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
                var changed = content.clone();
                changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                disk.put(file, changed);
                if (!(verdict() instanceof LogVerdict.Failed failed)
                        || !failed.place().contains(name)) missed.add(bit + " of " + name);
                flipped++;
            }
            disk.put(file, content);
        }
        assertThat(missed).isEmpty();
        assertThat(verdict()).isInstanceOf(LogVerdict.Verified.class);
        assertThat(names)
                .contains("journal/N.segment", "journal/N.index", "tile/0/000.p/1")
                .contains("tile/0/000.p/5", "tile/entries/000.p/5", "checkpoint", "log.vkey")
                .contains("state/windows");
        System.out.println(flipped + " bits flipped, each noticed");
    }
}
