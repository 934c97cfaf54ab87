// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.SignedNote;
import org.carnet.log.Subtree;
import org.carnet.log.Tile;
import org.carnet.node.points.SealedRecords;
import org.carnet.node.points.SealedRecords.Sealed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Brings one mirror up to the log's newest checkpoint (C2SP tlog-mirror, client): the checkpoint, the entries, the sealed
/// details that are for this mirror, and then it cosigns.
///
/// What it knows of the mirror is a guess that the mirror corrects, so it may be dropped and made again at any time.
final class MirrorPush {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    /// Packages in one request, as tlog-mirror asks for.
    private static final int MOST_PACKAGES = 32;

    /// How often a mirror may correct what is known of it before something is wrong.
    private static final int MOST_CORRECTIONS = 8;

    /// Details of one request; a single record may have more.
    private static final int MOST_DETAILS = 2 << 20;

    private final Mail mail;
    private final String mirror;
    private final SealedRecords log;
    private final Predicate<Sealed> isForMirror;
    private long pending;
    private long nextEntry;
    private long nextDetails = Long.MAX_VALUE;
    private long mirrored;

    /// Brings a request to the mirror.
    interface Mail {
        MirrorLink.Reply post(String path, Bytes body) throws IOException;
    }

    /// @param mirror where it is, for people
    /// @param isForMirror whether the mirror may have the sealed details of a record
    MirrorPush(Mail mail, String mirror, SealedRecords log, Predicate<Sealed> isForMirror) {
        this.mail = mail;
        this.mirror = mirror;
        this.log = log;
        this.isForMirror = isForMirror;
    }

    /// Has the mirror hold everything up to now.
    ///
    /// @return the checkpoint with the mirror's cosignatures; empty if nothing is new
    /// @throws IOException if the mirror cannot be reached, or does not take what it is given
    Optional<SignedNote> push() throws IOException {
        var note = SignedNote.parse(log.checkpoint());
        var checkpoint = Checkpoint.parse(note.text());
        if (checkpoint.size() == mirrored) return Optional.empty();
        announce(note, checkpoint);
        for (int corrections = 0; corrections < MOST_CORRECTIONS; ) {
            long before = nextEntry;
            var reply = upload(checkpoint);
            switch (reply.status()) {
                case OK -> {
                    mirrored = checkpoint.size();
                    return Optional.of(note.with(signatures(reply.text())));
                }
                case ACCEPTED, CONFLICT -> nextEntry = stands(reply.text());
                default -> throw refused("add-entries", reply);
            }
            if (nextEntry == checkpoint.size()) sendDetails(checkpoint);
            if (nextEntry <= before) corrections++;
        }
        throw new IOException(mirror + " takes no entries");
    }

    private static IOException refused(String what, MirrorLink.Reply reply) {
        var said = reply.text().strip();
        return new IOException(
                "the mirror answers %d to %s: %s"
                        .formatted(
                                reply.status(),
                                what,
                                said.substring(0, Math.min(200, said.length()))));
    }

    private void announce(SignedNote note, Checkpoint checkpoint) throws IOException {
        for (int corrections = 0; corrections < MOST_CORRECTIONS; corrections++) {
            if (pending > checkpoint.size()) {
                throw new IOException(
                        "%s has %d records of this log, which has %d itself"
                                .formatted(mirror, pending, checkpoint.size()));
            }
            List<Hash> proof =
                    pending == 0 || pending == checkpoint.size()
                            ? List.of()
                            : log.proofs(checkpoint.size()).consistency(pending).path();
            var request = new AddCheckpoint(pending, proof, note);
            var reply = mail.post("add-checkpoint", request.encode());
            if (reply.status() == OK) {
                pending = checkpoint.size();
                return;
            }
            if (reply.status() != CONFLICT) throw refused("add-checkpoint", reply);
            pending = number(reply.text().strip());
        }
        throw new IOException(mirror + " takes no checkpoint");
    }

    private MirrorLink.Reply upload(Checkpoint checkpoint) throws IOException {
        long end = checkpoint.size();
        long start = Math.min(nextEntry, end);
        var body = AddEntries.head(checkpoint.origin(), start, end);
        var proofs = log.proofs(end);
        try (var reader = log.from(start)) {
            long first = start;
            for (int i = 0; i < MOST_PACKAGES && first < end; i++) {
                long aligned = first - first % Tile.FULL_WIDTH;
                long last = Math.min(end, aligned + Tile.FULL_WIDTH);
                var entries = new ArrayList<Bytes>();
                for (long index = first; index < last; index++) {
                    entries.add(reader.next().orElseThrow().leaf());
                }
                var proof = proofs.subtree(new Subtree(aligned, last));
                new AddEntries.Package(first, last, entries, proof).write(body);
                first = last;
            }
        }
        return mail.post("add-entries", Bytes.unsafe(body.toByteArray()));
    }

    private void sendDetails(Checkpoint checkpoint) throws IOException {
        if (nextDetails > checkpoint.size()) {
            nextDetails = details(new AddDetails(checkpoint.origin(), 0, List.of()));
        }
        while (nextDetails < checkpoint.size()) {
            long before = nextDetails;
            nextDetails = details(nextDetails(checkpoint));
            if (nextDetails == before) {
                throw new IOException(mirror + " takes no details");
            }
        }
    }

    private AddDetails nextDetails(Checkpoint checkpoint) {
        long end =
                Math.min(
                        checkpoint.size(),
                        nextDetails - nextDetails % Tile.FULL_WIDTH + Tile.FULL_WIDTH);
        var details = new ArrayList<Bytes>();
        int bytes = 0;
        try (var reader = log.from(nextDetails)) {
            for (long index = nextDetails; index < end && bytes < MOST_DETAILS; index++) {
                var next = reader.next().orElseThrow();
                details.add(isForMirror.test(next) ? next.details() : Bytes.utf8(""));
                bytes += details.getLast().length();
            }
        }
        return new AddDetails(checkpoint.origin(), nextDetails, details);
    }

    private long details(AddDetails request) throws IOException {
        var reply = mail.post("add-details", request.encode());
        if (reply.status() != OK && reply.status() != CONFLICT) {
            throw refused("add-details", reply);
        }
        return number(reply.text().strip());
    }

    /// The second line of a `text/x.tlog.mirror-info`: the next entry.
    private static long stands(String info) throws IOException {
        var lines = info.split("\n", -1);
        if (lines.length < 3) throw new IOException("the mirror does not say where it stands");
        return number(lines[1]);
    }

    private static long number(String text) throws IOException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) return number;
        } catch (NumberFormatException malformed) {
            // told below
        }
        throw new IOException("the mirror does not answer with a number");
    }

    private static List<SignedNote.Signature> signatures(String lines) throws IOException {
        try {
            return lines.lines().map(SignedNote.Signature::parse).toList();
        } catch (IllegalArgumentException malformed) {
            throw new IOException("the mirror does not answer with cosignatures", malformed);
        }
    }
}
