// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.Evidence;
import org.carnet.log.Hash;
import org.carnet.log.Proofs;
import org.carnet.log.SignedNote;
import org.carnet.log.TileReader;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Follows the log of one platform: what it shows here, and what it showed to its other witnesses.
///
/// Every checkpoint that the log signed must fit every other. One that does not is told as [Evidence]: a fork, a rollback,
/// or a stall. Nobody's word counts here but the log's own signatures: other witnesses only bring what it has signed.
/// Used by one thread at a time.
final class Monitor {
    /// So many rounds in a row may go wrong before it is a stall.
    static final int PATIENCE = 3;

    /// Who else holds checkpoints of the log.
    record Other(String origin, Link link) {}

    private final Peer peer;
    private final Link link;
    private final BiConsumer<Peer, Evidence> report;
    private final BiConsumer<Peer, Evidence.Kind> over;
    private final InstantSource clock;
    private Optional<VerifiedCheckpoint> newest;
    private Optional<VerifiedCheckpoint> unfitting = Optional.empty();
    private int unfittingRounds;
    private int missed;
    private String trouble = "";

    /// @param newest what was seen of the log before
    /// @param report told what the log did; the same may be told again
    /// @param over told when a rollback or a stall has ended
    Monitor(
            Peer peer,
            Link link,
            Optional<VerifiedCheckpoint> newest,
            BiConsumer<Peer, Evidence> report,
            BiConsumer<Peer, Evidence.Kind> over,
            InstantSource clock) {
        this.peer = peer;
        this.link = link;
        this.newest = newest;
        this.report = report;
        this.over = over;
        this.clock = clock;
    }

    /// Looks at the log itself, then at what some others hold of it.
    void round(Optional<VerifiedCheckpoint> cosigned, List<Other> others) {
        cosigned.ifPresent(this::consider);
        look();
        for (var other : others) ask(other);
        settle();
    }

    /// A checkpoint that this node cosigned meanwhile, which therefore grew from those before.
    private void consider(VerifiedCheckpoint cosigned) {
        if (cosigned.checkpoint().size() > size()) newest = Optional.of(cosigned);
    }

    private long size() {
        return newest.map(seen -> seen.checkpoint().size()).orElse(-1L);
    }

    private void look() {
        VerifiedCheckpoint shown;
        try {
            shown = verified(link.get("checkpoint"));
        } catch (IOException unreachable) {
            miss(String.valueOf(unreachable.getMessage()));
            return;
        }
        if (shown.checkpoint().size() < size()) {
            tell(Evidence.Kind.ROLLBACK, Optional.empty(), newest.orElseThrow(), shown);
            return;
        }
        try {
            if (fits(shown)) {
                newest = Optional.of(shown);
                if (missed >= PATIENCE) over.accept(peer, Evidence.Kind.STALL);
                missed = 0;
                trouble = "";
                over.accept(peer, Evidence.Kind.ROLLBACK);
            }
        } catch (IOException withheld) {
            miss("it does not show the tiles of what it signed: " + withheld.getMessage());
        }
    }

    private void miss(String why) {
        trouble = why;
        if (++missed < PATIENCE) return;
        newest.ifPresent(
                seen ->
                        report.accept(
                                peer,
                                new Evidence(
                                        Evidence.Kind.STALL,
                                        clock.instant(),
                                        Optional.empty(),
                                        seen.note(),
                                        Optional.empty())));
    }

    private void ask(Other other) {
        var path = "witness/" + WitnessFiles.hash(peer.origin()) + "/checkpoint";
        try {
            weigh(verified(other.link().get(path)));
        } catch (NoSuchFileException holdsNothing) {
            // It is no witness of this log.
        } catch (IOException says) {
            // Who does not answer, or shows what this log has not signed, says nothing about this
            // log.
        }
    }

    /// Takes a checkpoint that the log signed and somebody else was shown.
    void weigh(VerifiedCheckpoint signed) {
        try {
            if (!fits(signed)) return;
            if (signed.checkpoint().size() > size()) newest = Optional.of(signed);
        } catch (IOException cannotTellYet) {
            if (unfitting.isEmpty()) unfitting = Optional.of(signed);
        }
    }

    /// A signed checkpoint whose tree the log does not show must fit later, or the log withholds what it signed.
    private void settle() {
        if (unfitting.isEmpty()) return;
        var signed = unfitting.get();
        try {
            if (fits(signed) && signed.checkpoint().size() > size()) newest = unfitting;
            unfitting = Optional.empty();
            unfittingRounds = 0;
        } catch (IOException cannotTellYet) {
            if (++unfittingRounds < PATIENCE) return;
            newest.ifPresent(seen -> tell(Evidence.Kind.STALL, Optional.empty(), seen, signed));
        }
    }

    /// Whether a checkpoint is of the same tree as the newest; if it certainly is not, that is reported.
    ///
    /// @throws IOException if the log does not show enough to tell
    private boolean fits(VerifiedCheckpoint signed) throws IOException {
        if (newest.isEmpty()) return true;
        var seen = newest.get();
        boolean later = signed.checkpoint().size() >= seen.checkpoint().size();
        var first = later ? seen : signed;
        var second = later ? signed : seen;
        var fork = difference(first.checkpoint(), second.checkpoint(), link);
        fork.ifPresent(proof -> tell(Evidence.Kind.FORK, Optional.of(proof), first, second));
        return fork.isEmpty();
    }

    /// The proof that one tree is not the beginning of the other; empty if it is.
    ///
    /// @throws IOException if the tiles are not there, or not those of the second tree
    static Optional<Evidence.Fork> difference(Checkpoint first, Checkpoint second, TileReader tiles)
            throws IOException {
        if (first.size() == second.size()) {
            return first.root().equals(second.root())
                    ? Optional.empty()
                    : Optional.of(new Evidence.Fork(second.root(), List.of()));
        }
        // Every tree grows from the empty one.
        if (first.size() == 0) return Optional.empty();
        var proofs = new Proofs(tiles, second.size());
        var proof = proofs.consistency(first.size());
        if (proof.verifies(first.root(), second.root())) return Optional.empty();
        Hash other = proofs.root(first.size());
        if (!proof.verifies(other, second.root())) {
            throw new IOException("the tiles are not those of the tree of " + second.size());
        }
        return Optional.of(new Evidence.Fork(other, proof.path()));
    }

    private VerifiedCheckpoint verified(Bytes content) throws IOException {
        return switch (Checkpoint.verify(content, peer.log())) {
            case VerifiedCheckpoint verified -> verified;
            case Unverified unverified -> throw new IOException(unverified.reason());
        };
    }

    private void tell(
            Evidence.Kind kind,
            Optional<Evidence.Fork> fork,
            VerifiedCheckpoint first,
            VerifiedCheckpoint second) {
        report.accept(
                peer,
                new Evidence(
                        kind, clock.instant(), fork, first.note(), Optional.of(second.note())));
    }

    /// Why the last look failed; empty if it did not.
    String trouble() {
        return trouble;
    }

    Optional<SignedNote> newest() {
        return newest.map(VerifiedCheckpoint::note);
    }
}
