// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.envelope.CoseReceipt;
import org.carnet.log.Checkpoint;
import org.carnet.log.InclusionProof;
import org.carnet.log.LogSigner;
import org.carnet.log.MerkleHash;
import org.carnet.log.Proofs;
import org.carnet.log.Record;
import org.carnet.log.SignedNote;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;
import org.carnet.log.TlogProof;
import org.carnet.node.points.Disclosures;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// The records of one node: durable first, then under a signed checkpoint, sealed always.
///
/// Entries are sealed in the thread that appends them. Futures complete in the thread that everybody's records wait for:
/// what hangs on them must be short and never block. Safe for many threads; one process at a time.
public final class Ledger implements Records, Closeable {
    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

    private final InstantSource clock;
    private final LogSigner log;
    private final Disk disk;
    private final DataDirectory directory;
    private final Closeable lock;
    private final Vault vault;
    private final Journal journal;

    /// Held for reading from asking for a key until what it sealed is queued; never while the disk works.
    private final StampedLock sealing = new StampedLock();

    private final TileStore tiles;
    private final Integrator integrator;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("carnet-integrator").factory());
    private volatile Optional<String> trouble = Optional.empty();

    /// Opens the ledger of a node, or begins it.
    ///
    /// @param log the keys of the log, which have the name of the log's origin
    /// @throws LogDamaged if what was acknowledged or signed before is not there any more
    /// @throws LedgerInUse if another process has it open
    public Ledger(
            LedgerSettings settings,
            LogSigner log,
            SubjectKeys keys,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        this(new RealDisk(), settings, log, keys, clock, random);
    }

    Ledger(
            Disk disk,
            LedgerSettings settings,
            LogSigner log,
            SubjectKeys keys,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        this.clock = clock;
        this.log = log;
        this.disk = disk;
        directory = new DataDirectory(settings.directory());
        var interval = settings.checkpointInterval();
        vault = new Vault(keys, random);
        tiles = new TileStore(disk, directory);
        lock = disk.lock(directory.lock()).orElseThrow(() -> new LedgerInUse(settings.directory()));
        try {
            var checkpoints = new Checkpoints(disk, directory, log, clock);
            var stored = checkpoints.stored();
            long covered = stored.map(verified -> verified.checkpoint().size()).orElse(0L);
            journal = new Journal(disk, directory, settings.segmentBytes(), interval, covered);
            try {
                integrator = new Integrator(journal, tiles, checkpoints, stored);
            } catch (IOException | RuntimeException failure) {
                journal.close();
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
        timer.scheduleWithFixedDelay(
                this::tick, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        try {
            integrator.integrate();
            trouble = Optional.empty();
        } catch (IOException | RuntimeException failure) {
            if (trouble.isEmpty()) {
                LOG.log(System.Logger.Level.ERROR, "the tree does not grow; trying on", failure);
            }
            trouble = Optional.of(failure.toString());
        }
    }

    /// The future completes exceptionally with [java.io.UncheckedIOException] when the disk fails, and with
    /// [java.util.concurrent.RejectedExecutionException] when it does not keep up.
    ///
    /// @throws IllegalArgumentException if the entries together have more than 4 MiB
    @Override
    public CompletableFuture<Receipt> append(List<Entry> entries) {
        long passing = sealing.readLock();
        try {
            return journal.append(sealed(entries));
        } finally {
            sealing.unlockRead(passing);
        }
    }

    @Override
    public void append(List<Entry> entries, Told told) {
        long passing = sealing.readLock();
        try {
            journal.append(new Group(sealed(entries), told));
        } finally {
            sealing.unlockRead(passing);
        }
    }

    private List<SealedRecord> sealed(List<Entry> entries) {
        var time = clock.instant();
        var sealed = new ArrayList<SealedRecord>(entries.size());
        for (var entry : entries) sealed.add(vault.seal(entry, time));
        return sealed;
    }

    @Override
    public CompletableFuture<Void> flushed() {
        return journal.flushed();
    }

    /// The number of durable records.
    public long size() {
        return journal.size();
    }

    /// @throws IndexOutOfBoundsException if there is no such durable record
    /// @throws LogDamaged if its bytes are not those that were written
    public Stored read(long index) throws IOException {
        return vault.open(index, journal.read(index));
    }

    /// Returns once whoever had asked for keys before this has sealed with them, and all of that is durable.
    void settle() {
        sealing.unlockWrite(sealing.writeLock());
        journal.flushed().join();
    }

    /// Hands over all durable records, sealed as they are.
    void eachSealed(SealedReader reader) throws IOException {
        long end = journal.size();
        try (var cursor = journal.cursor(journal.first())) {
            while (cursor.index() < end) {
                long index = cursor.index();
                var record = cursor.next();
                if (record == null) return;
                reader.record(index, record);
            }
        }
    }

    /// Takes records as they are in the journal.
    interface SealedReader {
        void record(long index, SealedRecord record) throws IOException;
    }

    /// The number of the first record that is kept.
    public long first() {
        return journal.first();
    }

    /// Up to where records can be removed that are older than that: the start of a segment, below what the checkpoint
    /// covers and whole bundles hold; 0 if there is nothing to remove.
    ///
    /// @param below no record from this one on is to be removed
    long prunable(Instant before, long below) throws IOException {
        long covered = Math.min(integrator.latest().checkpoint().size(), witnessed());
        long most = Math.min(below, covered / Tile.FULL_WIDTH * Tile.FULL_WIDTH);
        long found = 0;
        for (long start : journal.starts()) {
            if (start == journal.first()) continue;
            if (start > most) break;
            var newest = Vault.parsed(start - 1, journal.read(start - 1));
            if (!newest.time().isBefore(before)) break;
            found = start;
        }
        return found;
    }

    /// The size of the newest checkpoint that enough witnesses have signed; without limit where none is asked to.
    private long witnessed() throws IOException {
        var file = directory.root().resolve("checkpoint.witnessed");
        if (!disk.exists(file)) return Long.MAX_VALUE;
        var note = SignedNote.parse(Bytes.unsafe(disk.content(file)));
        return Checkpoint.parse(note.text()).size();
    }

    /// Removes all records before this one, which is on the record already; their tiles stay.
    void prune(long first) throws IOException {
        long from = Pruned.first(disk, directory) / Tile.FULL_WIDTH;
        integrator.integrate();
        Pruned.keep(disk, directory, first);
        journal.prune(disk, directory, first);
        tiles.deleteBundles(from, first / Tile.FULL_WIDTH);
    }

    /// Lets go of all that memory still holds of destroyed keys.
    void forget(Set<Long> keys) {
        vault.forget(keys);
    }

    /// Hands over the records that are wanted, until `each` answers false; answers where to go on.
    long disclose(
            long first, long end, Disclosures.Wanted wanted, Predicate<Disclosures.Disclosed> each)
            throws IOException {
        var disclosure = vault.disclosure(wanted);
        try (var cursor = journal.cursor(Math.max(first, journal.first()))) {
            while (cursor.index() < end) {
                long index = cursor.index();
                var record = cursor.next();
                if (record == null) return index;
                var disclosed = disclosure.of(index, record);
                if (disclosed.isPresent() && !each.test(disclosed.get())) return index + 1;
            }
        }
        return end;
    }

    /// Reads the records from one on, and waits for those that come.
    public Follower follow(long from) {
        return new Follower(journal, vault, from);
    }

    /// When the record was appended.
    ///
    /// @throws IndexOutOfBoundsException if there is no such durable record
    public Instant time(long index) throws IOException {
        return Record.parse(Bytes.unsafe(journal.read(index).leaf())).time();
    }

    /// Has further checkpoints told by their size, which must be short.
    public void tellCheckpoints(LongConsumer told) {
        integrator.tell(told);
    }

    /// The tiles of every tree that was signed.
    public TileReader tiles() {
        return tiles;
    }

    /// The latest checkpoint.
    public SignedNote checkpoint() {
        return integrator.latest().note();
    }

    /// The latest checkpoint, as the log signed it.
    public Bytes signedCheckpoint() {
        return integrator.latest().note().encode();
    }

    /// A checkpoint of all that is durable now, made before its time has come.
    public Bytes coveringCheckpoint() throws IOException {
        integrator.integrate();
        return signedCheckpoint();
    }

    Proofs proofs(long size) {
        return new Proofs(tiles, size);
    }

    /// What looks for rot on the disk; it is for one thread.
    Scrubber scrubber(Scrubber.Pace pace) {
        return new Scrubber(disk, directory, journal.segments(), tiles, integrator::latest, pace);
    }

    boolean grewFrom(Checkpoint earlier) throws IOException {
        return Proofs.extend(earlier, integrator.latest().checkpoint(), tiles);
    }

    /// Reads the records as they are kept, from one on.
    JournalCursor sealed(long from) {
        return journal.cursor(from);
    }

    /// The proof that a record is in the log, with its leaf, for strangers to check; a checkpoint is made for it if need be.
    ///
    /// @throws IndexOutOfBoundsException if there is no such durable record
    public TlogProof prove(long index) throws IOException {
        var leaf = Bytes.unsafe(journal.read(index).leaf());
        if (index >= integrator.latest().checkpoint().size()) integrator.integrate();
        var latest = integrator.latest();
        var checkpoint = latest.checkpoint();
        var inclusion = new Proofs(tiles, checkpoint.size()).inclusion(index);
        if (!inclusion.verifies(MerkleHash.leaf(leaf), checkpoint.root())) {
            throw new LogDamaged("record " + index, "the tiles do not prove it");
        }
        return new TlogProof(Optional.of(leaf), index, inclusion.path(), latest.note());
    }

    /// The same proof as a COSE Receipt, signed anew by one of the two keys of the log.
    ///
    /// @throws IndexOutOfBoundsException if there is no such durable record
    public CoseReceipt receipt(long index, boolean postQuantum) throws IOException {
        var proof = prove(index);
        var checkpoint = Checkpoint.parse(proof.checkpoint().text());
        var keys = log.verifier().keys();
        return CoseReceipt.sign(
                log,
                postQuantum ? keys.getLast() : keys.getFirst(),
                new CoseReceipt.Included(
                        new InclusionProof(index, checkpoint.size(), proof.path())),
                checkpoint.root());
    }

    /// How many bytes the journal takes up to its end.
    public long journalBytes() throws IOException {
        return journal.length();
    }

    public LedgerStats stats() {
        return new LedgerStats(
                journal.size(),
                integrator.latest().checkpoint().size(),
                journal.commits(),
                journal.bytes(),
                journal.trouble().or(() -> trouble));
    }

    /// Writes what waits, covers it with a checkpoint, and lets others in.
    @Override
    public void close() throws IOException {
        try (lock;
                integrator) {
            timer.close();
            journal.close();
            integrator.integrate();
        }
    }
}
