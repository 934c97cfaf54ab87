// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.SignedNote;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Brings checkpoints into the contract, one after the other, each step of it repeatable.
///
/// A transaction is kept before it is sent and sent until the chain has it: sending it twice does it once, because the
/// account's number for it is used up. One that no block takes is replaced by one with the same number that offers more.
/// An anchor counts once it lies deep enough; until then a reorganisation of the chain only means to send it again.
/// What goes wrong flies out as [ChainFailure], changes nothing, and is tried again by the next step. For one thread.
final class Anchorer {
    private final AnchorContract contract;
    private final Chain chain;
    private final Payer payer;
    private final AnchorStore store;
    private final Terms terms;
    private final InstantSource clock;

    Anchorer(
            AnchorContract contract,
            Account account,
            AnchorStore store,
            Terms terms,
            InstantSource clock) {
        this.contract = contract;
        this.chain = contract.chain();
        this.payer = new Payer(chain, account, terms.most());
        this.store = store;
        this.terms = terms;
        this.clock = clock;
    }

    /// Goes on with what is under way.
    Progress step() throws IOException {
        var attempts = store.attempts();
        if (attempts.isEmpty()) return new Progress.Nothing();
        for (var attempt : attempts) {
            var mined = chain.mined(attempt.transaction().hash());
            if (mined.isPresent()) return settle(attempt, mined.get());
        }
        var last = attempts.getLast();
        if (payer.used(last.number())) return overtaken(last);
        var fees = last.fees().raised().atLeast(chain.fees());
        boolean early = clock.instant().isBefore(last.signedAt().plus(terms.patience()));
        if (early || !payer.allows(fees)) {
            chain.send(last.transaction());
            return new Progress.Waiting(last.transaction().hash());
        }
        return send(last.note(), last.checkpoint(), last.number(), last.gas(), fees);
    }

    /// Begins with a checkpoint, if it is newer than what is anchored and nothing is under way.
    Progress begin(Bytes note) throws IOException {
        var checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
        if (checkpoint.size() == 0 || !store.attempts().isEmpty()) return new Progress.Nothing();
        var known = store.newest(Long.MAX_VALUE, 1);
        if (!known.isEmpty() && known.getFirst().checkpoint().size() >= checkpoint.size()) {
            return new Progress.Nothing();
        }
        var there = adopted(note, checkpoint);
        if (there.isPresent()) return there.get();
        long gas = payer.gas(contract.address(), AnchorContract.anchoring(checkpoint));
        return send(note, checkpoint, payer.next(), gas, chain.fees());
    }

    /// What the chain has although this node does not know it, because it lost its database.
    private Optional<Progress> adopted(Bytes note, Checkpoint checkpoint) throws IOException {
        var latest = contract.latest(checkpoint.origin());
        if (latest.isEmpty() || latest.get().size() != checkpoint.size()) return Optional.empty();
        if (!latest.get().root().equals(checkpoint.root())) return Optional.empty();
        var transaction = contract.transaction(checkpoint.origin(), latest.get());
        if (transaction.isEmpty()) return Optional.empty();
        return Optional.of(
                done(note, transaction.get(), latest.get().block(), latest.get().time(), 0));
    }

    private Progress settle(Attempt attempt, Mined mined) throws IOException {
        if (!mined.done()) {
            store.giveUp();
            throw new ChainFailure(
                    "the contract refused transaction %s in block %d"
                            .formatted(mined.transaction(), mined.block()));
        }
        if (chain.head() - mined.block() + 1 < terms.confirmations()) {
            return new Progress.Waiting(mined.transaction());
        }
        return done(
                attempt.note(),
                mined.transaction(),
                mined.block(),
                chain.time(mined.block()),
                mined.gas());
    }

    private Progress done(Bytes note, String transaction, long block, Instant time, long gas) {
        return new Progress.Done(new Anchored(note, transaction, block, time), gas);
    }

    /// The number is used up by a transaction that is none of the attempts: the account does other things, too.
    private Progress overtaken(Attempt last) throws IOException {
        store.giveUp();
        return begin(last.note());
    }

    private Progress send(Bytes note, Checkpoint checkpoint, long number, long gas, Fees fees)
            throws IOException {
        var data = AnchorContract.anchoring(checkpoint);
        var signed = payer.sign(contract.address(), data, number, gas, fees);
        store.keep(new Attempt(note, number, gas, fees, signed, clock.instant()));
        chain.send(signed);
        return new Progress.Sent(signed.hash());
    }

    /// The anchor is on the record; the attempts are over.
    void settled(Anchored anchored) {
        store.confirmed(anchored);
    }
}
