// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.storage.Ledger;
import org.carnet.node.storage.LedgerSettings;
import org.carnet.node.storage.MemorySubjectKeys;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.Snapshots;
import org.carnet.node.storage.StorageAgent;
import org.carnet.node.storage.SubjectKeys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A real log in a directory, one record a second from noon on, and what a backup of it needs.
public final class SmallLog implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    public static final String ORIGIN = "carnet.local/agora";
    static final int SEGMENT = 1 << 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    public final SubjectKeys keys;
    public final Ledger ledger;
    public final StorageAgent agent;
    final BackupWriter writer;
    private final Path directory;
    private Instant time = NOON;

    public SmallLog(Path directory) throws IOException {
        this(directory, new MemorySubjectKeys(RANDOM));
    }

    SmallLog(Path directory, SubjectKeys keys) throws IOException {
        this.directory = directory;
        this.keys = keys;
        var own = NodeKeys.open(directory, RANDOM);
        ledger =
                new Ledger(
                        new LedgerSettings(directory, Duration.ofHours(1), SEGMENT),
                        own.signer(ORIGIN),
                        keys,
                        () -> time,
                        RANDOM);
        agent = new StorageAgent(ledger, new Snapshots(directory, keys, RANDOM), keys, directory);
        writer =
                new BackupWriter(
                        agent, this::state, Optional::empty, InstantSource.fixed(NOON), RANDOM);
    }

    KeptState state() {
        return new LiveState(directory, Map::of).read();
    }

    /// Appends so many records with details of so many bytes each.
    public void append(int count, int bytes) {
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            var details = Bytes.utf8("x".repeat(bytes));
            var entry =
                    new Entry(
                            Record.Kind.RECEIVED,
                            Assurance.THING,
                            "owner-1",
                            "did:key:z1",
                            "mapping-1",
                            details);
            last = ledger.append(List.of(entry));
            time = time.plusSeconds(1);
        }
        last.join();
    }

    /// Removes what is older than now, as retention does.
    ///
    /// @return the first record that is kept
    long prune() {
        agent.write("agents", ledger.size(), Stream.empty());
        agent.checkpoint();
        long first = agent.prunable(time);
        var entry =
                new Entry(
                        Record.Kind.PRUNED,
                        Assurance.NONE,
                        ORIGIN,
                        "did:key:z1",
                        agent.named(first),
                        Bytes.utf8("{}"));
        ledger.append(List.of(entry)).join();
        agent.prune(first);
        return first;
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
