// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.ConsistencyProof;
import org.carnet.log.Cosigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.SignedNote;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Cosigns the checkpoints of other logs, each only if it grew from the one before (C2SP tlog-witness, server).
///
/// What it cosigned is on disk before anybody gets the cosignature, so that no crash makes it cosign another history.
/// Requests for one log are answered one after another, those for different logs at the same time.
final class Witness {
    /// What became of a request, by the status that tlog-witness gives it.
    sealed interface Answer {
        /// 200, with the cosignatures.
        record Cosigned(List<SignedNote.Signature> signatures) implements Answer {}

        /// 400
        record Malformed(String why) implements Answer {}

        /// 403
        record NotTrusted(String why) implements Answer {}

        /// 404
        record UnknownLog() implements Answer {}

        /// 409, with the size that it knows.
        record OtherSize(long size) implements Answer {}

        /// 422
        record Inconsistent(String why) implements Answer {}
    }

    private final WitnessFiles files;
    private final Cosigner cosigner;
    private final Function<String, Optional<LogVerifier>> trusted;
    private final Consumer<VerifiedCheckpoint> suspicion;
    private final Predicate<String> forked;
    private final InstantSource clock;
    private final Map<String, Object> turns = new ConcurrentHashMap<>();

    /// @param trusted the keys of the log with that origin, if it is witnessed here
    /// @param suspicion told of checkpoints that are signed and do not fit
    /// @param forked whether the log with that origin signed two trees: its keys are trusted no more
    Witness(
            WitnessFiles files,
            Cosigner cosigner,
            Function<String, Optional<LogVerifier>> trusted,
            Consumer<VerifiedCheckpoint> suspicion,
            Predicate<String> forked,
            InstantSource clock) {
        this.files = files;
        this.cosigner = cosigner;
        this.trusted = trusted;
        this.suspicion = suspicion;
        this.forked = forked;
        this.clock = clock;
    }

    /// @throws IOException if the checkpoint cannot be kept; whether it is cosigned is then not known
    Answer add(AddCheckpoint request) throws IOException {
        var note = request.checkpoint();
        var origin = note.text().substring(0, note.text().indexOf('\n'));
        var log = trusted.apply(origin);
        if (log.isEmpty()) return new Answer.UnknownLog();
        if (isEmptyTreeWithRoot(note, log.get())) {
            return new Answer.Inconsistent("the tree of no leaves has another root");
        }
        return switch (Checkpoint.verify(note, log.get())) {
            case Unverified unverified -> new Answer.NotTrusted(unverified.reason());
            case VerifiedCheckpoint _ when forked.test(origin) ->
                    new Answer.NotTrusted("this log has forked: /witness/evidence tells how");
            case VerifiedCheckpoint signed -> {
                if (request.oldSize() > signed.checkpoint().size()) {
                    yield new Answer.Malformed(
                            "the old size is greater than that of the checkpoint");
                }
                synchronized (turns.computeIfAbsent(origin, name -> new Object())) {
                    yield inTurn(request, signed, log.get());
                }
            }
        };
    }

    /// Such a checkpoint is none to [Checkpoint]; tlog-witness wants to know whether it was signed all the same.
    private static boolean isEmptyTreeWithRoot(SignedNote note, LogVerifier log) {
        var lines = note.text().split("\n", -1);
        return lines.length > 3
                && lines[1].equals("0")
                && !lines[2].equals(MerkleHash.empty().toBase64())
                && log.keys().stream().anyMatch(note::isSignedBy);
    }

    private Answer inTurn(AddCheckpoint request, VerifiedCheckpoint signed, LogVerifier log)
            throws IOException {
        var next = signed.checkpoint();
        var held = files.read(next.origin()).map(note -> Checkpoint.parse(note.text()));
        long size = held.map(Checkpoint::size).orElse(0L);
        if (request.oldSize() != size) return new Answer.OtherSize(size);
        if (!grew(held, request, next)) {
            suspicion.accept(signed);
            return new Answer.Inconsistent(
                    "no proof that the tree of %d grew from that of %d"
                            .formatted(next.size(), size));
        }
        var note = signed.note();
        var cosignatures = cosigner.cosign(next, note, clock.instant());
        files.write(next.origin(), ownSignatures(note, log).with(cosignatures));
        return new Answer.Cosigned(cosignatures);
    }

    private static boolean grew(Optional<Checkpoint> held, AddCheckpoint request, Checkpoint next) {
        if (request.oldSize() == 0) return request.proof().isEmpty();
        return new ConsistencyProof(request.oldSize(), next.size(), request.proof())
                .verifies(held.orElseThrow().root(), next.root());
    }

    /// The note with nothing but the signatures that were verified.
    private static SignedNote ownSignatures(SignedNote note, LogVerifier log) {
        var own = new ArrayList<SignedNote.Signature>();
        for (var signature : note.signatures()) {
            if (!signature.name().equals(log.name())) continue;
            var alone = new SignedNote(note.text(), List.of(signature));
            if (log.keys().stream().anyMatch(alone::isSignedBy)) own.add(signature);
        }
        return new SignedNote(note.text(), own);
    }

    /// The latest checkpoint that it cosigned of a log, with the cosignatures.
    Optional<SignedNote> latest(String origin) throws IOException {
        return files.read(origin);
    }

    /// The same by the SHA-256 of the origin, as the monitoring interface names it.
    Optional<SignedNote> latestByHash(String originHash) throws IOException {
        return files.readHash(originHash);
    }
}
