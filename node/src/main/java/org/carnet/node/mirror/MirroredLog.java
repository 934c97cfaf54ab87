// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.CompactTree;
import org.carnet.log.ConsistencyProof;
import org.carnet.log.Cosigner;
import org.carnet.log.EntryBundle;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.Record;
import org.carnet.log.SignedNote;
import org.carnet.log.Subtree;
import org.carnet.log.Tile;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.storage.LogCopy;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One log of somebody else, as this node mirrors it (C2SP tlog-mirror, server).
///
/// Nothing is kept that the log's own signature does not cover. A checkpoint is cosigned only after every entry that it
/// covers, and the sealed details of each that are for this mirror, are on disk for good.
final class MirroredLog {
    private static final int MOST_PENDING = 16;
    private static final long MOST_EXCESS = 32L * Tile.FULL_WIDTH;
    private static final String PENDING = "pending";
    private static final String CHECKPOINT = "checkpoint";

    private final LogCopy copy;
    private final LogVerifier key;
    private final Cosigner cosigner;
    private final InstantSource clock;
    private final long quota;

    /// The checkpoints that were pending since the start, by their sizes; the newest is on disk.
    private final Map<Long, VerifiedCheckpoint> known = new LinkedHashMap<>();

    private long pendingSize;
    private long size;
    private long nextEntry;
    private long nextDetails;
    private long bytes;

    /// What became of a request.
    sealed interface Answer {
        /// 200, with the cosignatures if there are any.
        record Done(List<SignedNote.Signature> signatures) implements Answer {}

        /// 200 or 409: how many details there are.
        record Details(boolean taken, long next) implements Answer {}

        /// 202 or 409: where the mirror stands.
        record Stands(boolean accepted, long pending, long next) implements Answer {}

        /// 409, with the size of the pending checkpoint.
        record OtherSize(long size) implements Answer {}

        /// 400
        record Malformed(String why) implements Answer {}

        /// 403
        record NotTrusted(String why) implements Answer {}

        /// 422
        record Inconsistent(String why) implements Answer {}

        /// 507
        record Full() implements Answer {}
    }

    /// Finds the copy as it was left.
    ///
    /// @param quota how many bytes the copy may have
    MirroredLog(LogCopy copy, LogVerifier key, Cosigner cosigner, InstantSource clock, long quota)
            throws IOException {
        this.copy = copy;
        this.key = key;
        this.cosigner = cosigner;
        this.clock = clock;
        this.quota = quota;
        size = stored(CHECKPOINT).map(one -> one.checkpoint().size()).orElse(0L);
        var pending = stored(PENDING);
        if (pending.isPresent()) remember(pending.get());
        nextEntry = Math.min(copy.held(size), Math.max(size, pendingSize));
        nextDetails = heldDetails();
        bytes = copy.bytes();
        copy.write("log.vkey", key.encode());
    }

    private Optional<VerifiedCheckpoint> stored(String file) throws IOException {
        var note = copy.read(file);
        if (note.isEmpty()) return Optional.empty();
        return switch (Checkpoint.verify(note.get(), key)) {
            case VerifiedCheckpoint verified -> Optional.of(verified);
            case Unverified unverified ->
                    throw new IOException(
                            "the mirror's own file %s of %s is damaged: %s"
                                    .formatted(file, key.name(), unverified.reason()));
        };
    }

    private void remember(VerifiedCheckpoint pending) {
        pendingSize = pending.checkpoint().size();
        known.put(pendingSize, pending);
        if (known.size() > MOST_PENDING) known.remove(known.keySet().iterator().next());
    }

    private long heldDetails() throws IOException {
        long bundle = size / Tile.FULL_WIDTH;
        while (true) {
            int count = details(bundle).size();
            if (count < Tile.FULL_WIDTH) return bundle * Tile.FULL_WIDTH + count;
            bundle++;
        }
    }

    private List<Bytes> details(long bundle) throws IOException {
        var file = copy.read(AddDetails.Slots.path(bundle));
        return file.isEmpty() ? List.of() : AddDetails.Slots.parse(file.get()).details();
    }

    /// Takes a checkpoint as pending, which is then the one to upload entries for.
    synchronized Answer add(AddCheckpoint request) throws IOException {
        if (!(Checkpoint.verify(request.checkpoint(), key) instanceof VerifiedCheckpoint signed)) {
            return new Answer.NotTrusted("the checkpoint is not signed by the keys of the log");
        }
        var next = signed.checkpoint();
        if (request.oldSize() > next.size()) {
            return new Answer.Malformed("the old size is greater than that of the checkpoint");
        }
        if (request.oldSize() != pendingSize) return new Answer.OtherSize(pendingSize);
        if (!grew(request, next)) {
            return new Answer.Inconsistent(
                    "no proof that the tree of %d grew from that of %d"
                            .formatted(next.size(), pendingSize));
        }
        copy.write(PENDING, signed.note().encode());
        remember(signed);
        return new Answer.Done(List.of());
    }

    private boolean grew(AddCheckpoint request, Checkpoint next) {
        if (request.oldSize() == 0) return request.proof().isEmpty();
        var held = known.get(pendingSize);
        return held != null
                && new ConsistencyProof(pendingSize, next.size(), request.proof())
                        .verifies(held.checkpoint().root(), next.root());
    }

    /// Takes entries as they come; others may do the same at the same time.
    Answer add(AddEntries request) throws IOException {
        var refusal = refusal(request);
        if (refusal.isPresent()) return refusal.get();
        boolean isSaved = false;
        for (var next = request.next(); next.isPresent(); next = request.next()) {
            var answer = keep(next.get(), request.end());
            if (answer.isPresent()) return answer.get();
            isSaved = true;
        }
        synchronized (this) {
            if (nextEntry >= request.end()) return finish(request.end());
            if (isSaved) return new Answer.Stands(true, request.end(), nextEntry);
            return new Answer.Malformed("the request holds no whole package of entries");
        }
    }

    private synchronized Optional<Answer> refusal(AddEntries request) {
        if (known.isEmpty()) {
            return Optional.of(
                    new Answer.Inconsistent("there is no pending checkpoint of this log"));
        }
        long excess = Math.min(request.end(), nextEntry) - request.start();
        boolean isKnown = known.containsKey(request.end()) && request.end() >= size;
        if (isKnown && request.start() <= nextEntry && excess <= MOST_EXCESS) {
            return Optional.empty();
        }
        long valid = isKnown ? request.end() : pendingSize;
        return Optional.of(new Answer.Stands(false, valid, nextEntry));
    }

    /// Keeps the entries of a package that are new, if its proof holds.
    private synchronized Optional<Answer> keep(AddEntries.Package next, long end)
            throws IOException {
        var pending = known.get(end);
        if (pending == null || next.start() > nextEntry) {
            return Optional.of(new Answer.Stands(false, pendingSize, nextEntry));
        }
        long bundle = next.aligned() / Tile.FULL_WIDTH;
        int before = (int) (next.start() - next.aligned());
        var entries = new ArrayList<Bytes>();
        if (before > 0) entries.addAll(copy.firstEntries(bundle, before));
        entries.addAll(next.entries());
        var tree = new CompactTree();
        for (var entry : entries) tree.append(MerkleHash.leaf(entry));
        var checkpoint = pending.checkpoint();
        if (!new Subtree(next.aligned(), next.end())
                .isPartOf(checkpoint.size(), next.proof(), tree.root(), checkpoint.root())) {
            return Optional.of(
                    new Answer.Inconsistent(
                            "the entries from %d to %d are not part of the tree of %d"
                                    .formatted(next.aligned(), next.end(), end)));
        }
        if (next.end() <= nextEntry) return Optional.empty();
        var encoded = new EntryBundle(entries);
        if (isFull(encoded.encode().length())) return Optional.of(new Answer.Full());
        copy.keep(bundle, encoded);
        nextEntry = next.end();
        return Optional.empty();
    }

    /// Counted generously, and exactly before anything is refused: what is replaced gives its room back.
    private boolean isFull(int more) throws IOException {
        if (bytes + more > quota) bytes = copy.bytes();
        if (bytes + more > quota) return true;
        bytes += more;
        return false;
    }

    /// Takes sealed details, each of which must be that of its entry.
    synchronized Answer add(AddDetails request) throws IOException {
        long first = request.first();
        long end = first + request.details().size();
        if (first > nextDetails || end > nextEntry) {
            return new Answer.Details(false, nextDetails);
        }
        if (request.details().isEmpty()) return new Answer.Details(true, nextDetails);
        long bundle = first / Tile.FULL_WIDTH;
        int offset = (int) (first % Tile.FULL_WIDTH);
        int width = offset + request.details().size();
        var leaves = copy.firstEntries(bundle, width);
        var slots = new ArrayList<>(details(bundle));
        for (int i = offset; i < width; i++) {
            var details = request.details().get(i - offset);
            if (details.length() > 0 && !isOf(leaves.get(i), details)) {
                return new Answer.Inconsistent(
                        "the details of record %d do not have the hash in its leaf"
                                .formatted(bundle * Tile.FULL_WIDTH + i));
            }
            if (i == slots.size()) slots.add(details);
            else if (slots.get(i).length() == 0) slots.set(i, details);
        }
        var encoded = new AddDetails.Slots(slots).encode();
        if (isFull(encoded.length())) return new Answer.Full();
        copy.write(AddDetails.Slots.path(bundle), encoded);
        nextDetails = Math.max(nextDetails, end);
        return new Answer.Details(true, nextDetails);
    }

    private static boolean isOf(Bytes leaf, Bytes details) {
        try {
            return Record.parse(leaf).sealed().bytes().equals(OriginHash.sha256(details));
        } catch (IllegalArgumentException noRecord) {
            return false;
        }
    }

    private Answer finish(long end) throws IOException {
        var pending = known.get(end);
        if (pending == null || end < size) return new Answer.Stands(false, pendingSize, nextEntry);
        if (nextDetails < end) return new Answer.Stands(true, end, nextEntry);
        var checkpoint = pending.checkpoint();
        if (!copy.grow(size, end).equals(checkpoint.root())) {
            throw new IOException("the mirror of " + key.name() + " is damaged");
        }
        var cosignatures = cosigner.cosign(checkpoint, pending.note(), clock.instant());
        copy.write(CHECKPOINT, pending.note().with(cosignatures).encode());
        size = end;
        return new Answer.Done(cosignatures);
    }
}
