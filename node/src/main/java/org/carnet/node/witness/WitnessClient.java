// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.NoteVerifier;
import org.carnet.log.Proofs;
import org.carnet.log.SignedNote;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Asks one witness to cosign this node's checkpoints (C2SP tlog-witness, client). Used by one thread at a time.
///
/// Nothing that the witness says is believed but signatures that verify under its pinned keys.
final class WitnessClient {
    static final String PATH = "witness/add-checkpoint";

    /// What became of a checkpoint.
    sealed interface Outcome {
        record Cosigned(List<SignedNote.Signature> signatures) implements Outcome {}

        /// The witness does not know this log.
        record Unknown() implements Outcome {}

        record Declined(String why) implements Outcome {}
    }

    private static final int MOST_LINES = 100;

    private final List<NoteVerifier> keys;
    private final Link link;
    private final TileReader tiles;
    private long known;

    /// @param keys by which the witness cosigns
    /// @param tiles of this node's log
    WitnessClient(List<NoteVerifier> keys, Link link, TileReader tiles) {
        this.keys = List.copyOf(keys);
        this.link = link;
        this.tiles = tiles;
    }

    Outcome submit(SignedNote note) throws IOException {
        var checkpoint = Checkpoint.parse(note.text());
        // What it was told before may be more than this checkpoint has; then it says so.
        var reply = send(Math.min(known, checkpoint.size()), checkpoint, note);
        if (reply.status() == 409) {
            long size = size(reply.body());
            if (size > checkpoint.size()) {
                return new Outcome.Declined(
                        "it knows %d records of this log, which has %d"
                                .formatted(size, checkpoint.size()));
            }
            reply = send(size, checkpoint, note);
        }
        return switch (reply.status()) {
            case 200 -> {
                var outcome = cosigned(note, reply.body());
                if (outcome instanceof Outcome.Cosigned) known = checkpoint.size();
                yield outcome;
            }
            case 404 -> new Outcome.Unknown();
            case 409 -> new Outcome.Declined("it does not stand by the size that it told");
            case 422 -> new Outcome.Declined("it does not believe that this log only grew");
            default -> new Outcome.Declined("it answers " + reply.status());
        };
    }

    private Link.Reply send(long from, Checkpoint checkpoint, SignedNote note) throws IOException {
        var proof =
                from == 0
                        ? List.<Hash>of()
                        : new Proofs(tiles, checkpoint.size()).consistency(from).path();
        return link.post(PATH, new AddCheckpoint(from, proof, note).encode());
    }

    private static long size(Bytes body) throws IOException {
        var text = body.toUtf8();
        if (!text.matches("(0|[1-9][0-9]{0,17})\n")) {
            throw new IOException("a witness answers 409 without a size");
        }
        return Long.parseLong(text.strip());
    }

    private Outcome cosigned(SignedNote note, Bytes body) {
        var lines = body.toUtf8().lines().limit(MOST_LINES).toList();
        var good = new ArrayList<SignedNote.Signature>();
        for (var line : lines) {
            SignedNote.Signature signature;
            try {
                signature = SignedNote.Signature.parse(line);
            } catch (IllegalArgumentException malformed) {
                return new Outcome.Declined("it answers what is no signature");
            }
            var alone = new SignedNote(note.text(), List.of(signature));
            if (keys.stream().anyMatch(key -> saysWhen(alone, key))) good.add(signature);
        }
        return good.isEmpty()
                ? new Outcome.Declined("none of its cosignatures verifies")
                : new Outcome.Cosigned(good);
    }

    private static boolean saysWhen(SignedNote note, NoteVerifier key) {
        return note.cosignedAt(key).filter(at -> at.isAfter(Instant.EPOCH)).isPresent();
    }
}
