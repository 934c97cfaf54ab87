// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.carnet.identity.SigningKey;
import org.carnet.node.avatars.Avatars;
import org.carnet.node.points.Suspensions;
import org.carnet.node.points.Traffic;
import org.carnet.node.signals.Lookout;
import org.carnet.node.storage.Ledger;
import org.carnet.node.storage.LedgerSettings;
import org.carnet.node.storage.MemorySubjectKeys;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.Snapshots;
import org.carnet.node.storage.StorageAgent;
import org.carnet.node.things.Answer;
import org.carnet.node.things.Outcomes;
import org.carnet.node.things.Sender;
import org.carnet.node.things.Things;
import org.carnet.node.things.UpdateReceiver;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;
import org.carnet.policy.Share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The path of an update as a node runs it, without a carrier and without the database that it does not ask.
///
/// Verify, replay check, policy, seal, journal with fsync, Merkle tree, state of the avatar: the node's own classes.
final class InProcess implements AutoCloseable {
    private static final String PLATFORM = "bench";
    private static final Map<String, Share> SHARES =
            Mapping.sharesOf(Workload.PROPERTIES.stream().map(Share::of).toList());

    /// As many wearers as a node follows by itself.
    private static final int WATCHED = 100;

    private final Path directory;
    private final Ledger ledger;
    private final Things things = new Things();
    private final Avatars avatars;
    private final Lookout lookout =
            Lookout.withoutOutcome(WATCHED, Ingest.SEED, InstantSource.system());
    private final UpdateReceiver receiver;

    InProcess(Path directory) throws IOException {
        this.directory = directory;
        var random = new SecureRandom();
        var keys = new MemorySubjectKeys(random);
        var log = NodeKeys.open(directory, random).signer("carnet.local/bench");
        ledger =
                new Ledger(LedgerSettings.in(directory), log, keys, InstantSource.system(), random);
        var storage =
                new StorageAgent(ledger, new Snapshots(directory, keys, random), keys, directory);
        var traffic = new Traffic();
        avatars = new Avatars(storage, storage, traffic, 6000);
        lookout.start();
        receiver =
                new UpdateReceiver(
                        things,
                        storage,
                        avatars,
                        new Outcomes(new SimpleMeterRegistry()),
                        traffic,
                        lookout,
                        new Suspensions(),
                        new UpdateReceiver.Limits(
                                1 << 16, Duration.ofMinutes(30), Duration.ofDays(1), 1e9),
                        InstantSource.system(),
                        PLATFORM);
    }

    /// Heap in bytes, after a collection.
    record Memory(long perThing, long perAvatar) {}

    /// Registers the things, each mapped whole to an avatar of its own.
    void register(List<SigningKey> keys) {
        for (var key : keys) things.add(key.did(), owner(key), Optional.empty());
        for (var key : keys) permit(key);
    }

    /// The same, and what it takes: a thing with its mapping, and an avatar that nothing was sent to yet.
    Memory registerMeasured(List<SigningKey> keys) {
        long before = usedHeap();
        for (var key : keys) things.add(key.did(), owner(key), Optional.empty());
        var mappings = keys.stream().map(InProcess::mapping).toList();
        for (var mapping : mappings) {
            things.permit(new Permission(mapping, Permission.State.ACTIVE));
        }
        long withThings = usedHeap();
        mappings.forEach(avatars::mapped);
        long withAvatars = usedHeap();
        return new Memory(
                (withThings - before) / keys.size(), (withAvatars - withThings) / keys.size());
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc();
        var memory = Runtime.getRuntime();
        return memory.totalMemory() - memory.freeMemory();
    }

    private static String owner(SigningKey key) {
        return key.did().value();
    }

    private void permit(SigningKey key) {
        var mapping = mapping(key);
        things.permit(new Permission(mapping, Permission.State.ACTIVE));
        avatars.mapped(mapping);
    }

    private static Mapping mapping(SigningKey key) {
        var now = InstantSource.system().instant();
        return new Mapping(
                "mapping-of-" + owner(key),
                key.did(),
                Optional.empty(),
                PLATFORM,
                "avatar-" + owner(key).substring(owner(key).length() - 40),
                owner(key),
                "benchmark",
                SHARES,
                now,
                now.plus(Duration.ofDays(1)));
    }

    Load.Path path() {
        return (update, answered) ->
                receiver.receive(
                        update,
                        Sender.DIRECT,
                        answer -> answered.durable(answer instanceof Answer.Acknowledged));
    }

    long commits() {
        return ledger.stats().commits();
    }

    /// Everything on disk that grows with the records.
    long bytesOnDisk() throws IOException {
        long tiles = 0;
        if (Files.notExists(directory.resolve("tile"))) return ledger.stats().bytes();
        try (var files = Files.walk(directory.resolve("tile"))) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator)
                tiles += Files.size(file);
        }
        return ledger.stats().bytes() + tiles;
    }

    /// Waits until the tree has grown over everything that was appended.
    void settle() throws InterruptedException {
        while (ledger.stats().covered() < ledger.size()) TimeUnit.MILLISECONDS.sleep(20);
    }

    @Override
    public void close() throws IOException {
        lookout.stop();
        ledger.close();
    }
}
