// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.LogSigner;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.storage.GeneratedLog;
import org.carnet.node.storage.Ledger;
import org.carnet.node.storage.LedgerSettings;
import org.carnet.node.storage.MemorySubjectKeys;
import org.carnet.node.storage.NodeKeys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;

/// A log that is opened, filled and opened again; nothing is verified, and checkpoints are made when asked for.
final class BenchLog {
    /// The length of an update of [Workload], to a few bytes.
    static final int PAYLOAD = 555;

    private static final int GROUP = 64;
    private static final int GROUPS_IN_FLIGHT = 64;

    private static final Entry ENTRY =
            new Entry(
                    Record.Kind.RECEIVED,
                    Assurance.THING,
                    "owner",
                    "thing",
                    "thing",
                    Bytes.copyOf(new byte[PAYLOAD]));

    private final LedgerSettings settings;
    private final LogSigner log;
    private final SecureRandom random = new SecureRandom();
    private final MemorySubjectKeys keys = new MemorySubjectKeys(random);

    BenchLog(Path directory) throws IOException {
        settings =
                new LedgerSettings(
                        directory, Duration.ofHours(1), LedgerSettings.DEFAULT_SEGMENT_BYTES);
        log = NodeKeys.open(directory, random).signer("carnet.local/bench");
    }

    Ledger open() throws IOException {
        return new Ledger(settings, log, keys, InstantSource.system(), random);
    }

    /// Lays out the files of so many records.
    void generate(long size, List<Long> samples) throws IOException {
        var clock = InstantSource.system();
        GeneratedLog.create(settings.directory(), log, keys, ENTRY, size, samples, clock, random);
    }

    /// Appends so many records and waits until they are durable.
    void append(Ledger ledger, int count) {
        var waiting = new ArrayDeque<Future<?>>();
        for (int done = 0; done < count; done += GROUP) {
            int size = Math.min(GROUP, count - done);
            waiting.add(ledger.append(Collections.nCopies(size, ENTRY)));
            if (waiting.size() == GROUPS_IN_FLIGHT) await(waiting.remove());
        }
        waiting.forEach(BenchLog::await);
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (Exception failure) {
            throw new IllegalStateException("a record was not kept", failure);
        }
    }
}
