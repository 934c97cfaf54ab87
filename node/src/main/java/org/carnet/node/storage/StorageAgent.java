// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.envelope.CoseReceipt;
import org.carnet.log.Checkpoint;
import org.carnet.log.Proofs;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.TileReader;
import org.carnet.log.TlogProof;
import org.carnet.node.points.Disclosures;
import org.carnet.node.points.DiskUse;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Erasure;
import org.carnet.node.points.Keys;
import org.carnet.node.points.Prunes;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.RecordFlow;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.points.SealedRecords;
import org.carnet.node.points.StorageFull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The storage agent (FGMV-44 clause 8.7.4) as the others see it: R2, in front of the ledger and the snapshots.
///
/// A disk that fails while it is read is the world's failure and flies to the edge as [UncheckedIOException].
public final class StorageAgent
        implements Records,
                RecordReads,
                RecordFlow,
                Prunes,
                SealedRecords,
                Keys,
                Disclosures,
                DiskUse,
                org.carnet.node.points.Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(StorageAgent.class);

    private final Ledger ledger;
    private final Snapshots snapshots;
    private final SubjectKeys keys;
    private final Path directory;

    public StorageAgent(Ledger ledger, Snapshots snapshots, SubjectKeys keys, Path directory) {
        this.ledger = ledger;
        this.snapshots = snapshots;
        this.keys = keys;
        this.directory = directory;
    }

    @Override
    public CompletableFuture<Receipt> append(List<Entry> entries) {
        return ledger.append(entries);
    }

    @Override
    public void append(List<Entry> entries, Told told) {
        ledger.append(entries, told);
    }

    @Override
    public CompletableFuture<Void> flushed() {
        return ledger.flushed();
    }

    @Override
    public long size() {
        return ledger.size();
    }

    @Override
    public RecordReads.Stored read(long index) {
        try {
            return told(ledger.read(index));
        } catch (IOException e) {
            throw new UncheckedIOException("reading record " + index, e);
        }
    }

    private static RecordReads.Stored told(org.carnet.node.storage.Stored stored) {
        return new RecordReads.Stored(stored.index(), stored.record(), stored.details());
    }

    @Override
    public TlogProof prove(long index) {
        try {
            return ledger.prove(index);
        } catch (DiskFull full) {
            throw new StorageFull("no room for the checkpoint that would cover the record", full);
        } catch (IOException e) {
            throw new UncheckedIOException("proving record " + index, e);
        }
    }

    @Override
    public CoseReceipt receipt(long index, boolean postQuantum) {
        try {
            return ledger.receipt(index, postQuantum);
        } catch (DiskFull full) {
            throw new StorageFull("no room for the checkpoint that would cover the record", full);
        } catch (IOException e) {
            throw new UncheckedIOException("proving record " + index, e);
        }
    }

    @Override
    public Set<Pseudonym> pseudonyms(String subject, String identifier) {
        return keys.all(subject).stream()
                .map(key -> key.pseudonym(identifier))
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> expired(Range range) {
        return keys.expired(range);
    }

    @Override
    public List<List<Erasure.ErasedKey>> close(List<String> subjects, Range range) {
        var closed = new ArrayList<List<SubjectKey>>();
        for (var subject : subjects) {
            if (range.whole()) keys.bar(subject);
            closed.add(keys.close(subject, range));
        }
        ledger.settle();
        try {
            return SealedBy.find(ledger, closed);
        } catch (IOException e) {
            throw new UncheckedIOException("finding what the keys of a subject sealed", e);
        }
    }

    @Override
    public int destroy(String subject, List<Erasure.ErasedKey> erased) {
        var ids = erased.stream().map(Erasure.ErasedKey::id).collect(Collectors.toSet());
        int destroyed = keys.destroy(subject, ids);
        ledger.forget(ids);
        snapshots.forget();
        return destroyed;
    }

    @Override
    public long first() {
        return ledger.first();
    }

    @Override
    public long prunable(Instant before) {
        try {
            return ledger.prunable(before, snapshots.covered());
        } catch (IOException e) {
            throw new UncheckedIOException("looking for records to prune", e);
        }
    }

    @Override
    public String named(long first) {
        return Pruned.named(first);
    }

    @Override
    public void prune(long first) {
        try {
            ledger.prune(first);
        } catch (IOException e) {
            throw new UncheckedIOException("pruning the records before " + first, e);
        }
    }

    @Override
    public OptionalLong find(Record.Kind kind, Pseudonym about) {
        var found = new AtomicLong(-1);
        try {
            ledger.eachSealed(
                    (index, leaf) -> {
                        var record = Vault.parsed(index, leaf);
                        if (record.kind() == kind && record.about().equals(about)) found.set(index);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("searching the record", e);
        }
        return found.get() < 0 ? OptionalLong.empty() : OptionalLong.of(found.get());
    }

    @Override
    public long disclose(long first, long end, Wanted wanted, Predicate<Disclosed> each) {
        try {
            return ledger.disclose(first, end, wanted, each);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the records for a report", e);
        }
    }

    @Override
    public boolean knows(String subject) {
        return !keys.all(subject).isEmpty();
    }

    @Override
    public TileReader tiles() {
        return ledger.tiles();
    }

    @Override
    public Path logDirectory() {
        return directory;
    }

    @Override
    public long journalBytes() {
        try {
            return ledger.journalBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("measuring the journal", e);
        }
    }

    @Override
    public RecordFlow.Follower follow(long from) {
        var follower = ledger.follow(from);
        return new RecordFlow.Follower() {
            @Override
            public Optional<RecordReads.Stored> next(Duration longest) throws InterruptedException {
                try {
                    return follower.next(longest).map(StorageAgent::told);
                } catch (IOException e) {
                    throw new UncheckedIOException("reading record " + follower.index(), e);
                }
            }

            @Override
            public void close() {
                try {
                    follower.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("leaving the record", e);
                }
            }
        };
    }

    @Override
    public Bytes checkpoint() {
        try {
            return ledger.coveringCheckpoint();
        } catch (IOException e) {
            throw new UncheckedIOException("signing a checkpoint", e);
        }
    }

    @Override
    public boolean grewFrom(Checkpoint earlier) {
        try {
            return ledger.grewFrom(earlier);
        } catch (IOException e) {
            throw new UncheckedIOException("comparing two checkpoints", e);
        }
    }

    @Override
    public Proofs proofs(long size) {
        return ledger.proofs(size);
    }

    @Override
    public SealedRecords.Reader from(long index) {
        var cursor = ledger.sealed(index);
        return new SealedRecords.Reader() {
            @Override
            public Optional<Sealed> next() {
                try {
                    var next = cursor.next();
                    if (next == null) return Optional.empty();
                    return Optional.of(
                            new Sealed(Bytes.unsafe(next.leaf()), Bytes.unsafe(next.sealed())));
                } catch (IOException e) {
                    throw new UncheckedIOException("reading record " + cursor.index(), e);
                }
            }

            @Override
            public void close() {
                try {
                    cursor.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("leaving the record", e);
                }
            }
        };
    }

    @Override
    public void write(String name, long next, Stream<Part> parts) {
        try {
            snapshots.write(
                    name,
                    next,
                    parts.map(part -> new Snapshots.Memory(part.subject(), part.content())));
        } catch (IOException e) {
            throw new UncheckedIOException("writing the snapshot " + name, e);
        }
    }

    @Override
    public OptionalLong read(String name, Consumer<Bytes> part) {
        try {
            return switch (snapshots.read(name)) {
                case Snapshots.Snapshot snapshot -> {
                    snapshot.contents().forEach(part);
                    yield OptionalLong.of(snapshot.records());
                }
                case Snapshots.Nothing nothing -> {
                    LOG.info("{}: it is rebuilt from the record", nothing.reason());
                    yield OptionalLong.empty();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException("reading the snapshot " + name, e);
        }
    }
}
