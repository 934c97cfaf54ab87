// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What an operator does on a chain by hand: makes a contract, or brings one checkpoint into it, and waits until it is done.
///
/// Nothing is kept beyond the command. Doing it again is safe: the contract takes no checkpoint twice.
///
/// @param longest how long to wait for blocks
public record ChainCommands(
        Chain chain,
        Account account,
        int mostGwei,
        int confirmations,
        Duration longest,
        InstantSource clock) {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /// A contract that was made.
    public record Deployed(Address contract, String transaction, long block, long gas) {}

    /// A checkpoint that was anchored; `gas` is 0 if it had been before.
    public record Published(Anchored anchored, long gas) {}

    private interface Question<T> {
        Optional<T> ask() throws IOException;
    }

    public Deployed deploy() throws IOException {
        var payer = new Payer(chain, account, Payer.gwei(mostGwei));
        var creation = AnchorContract.creation();
        long gas = payer.gas(null, creation);
        var signed = payer.sign(null, creation, payer.next(), gas, chain.fees());
        chain.send(signed);
        var mined = await(() -> deep(signed.hash()));
        var contract = mined.contract();
        if (!mined.done() || contract.isEmpty()) {
            throw new ChainFailure("the chain did not make the contract");
        }
        return new Deployed(contract.get(), signed.hash(), mined.block(), mined.gas());
    }

    private Optional<Mined> deep(String transaction) throws IOException {
        var mined = chain.mined(transaction);
        if (mined.isEmpty()) return mined;
        return chain.head() - mined.get().block() + 1 < confirmations ? Optional.empty() : mined;
    }

    /// @throws ChainFailure if the contract refuses it, as it does a smaller one
    public Published publish(AnchorContract contract, Bytes note) throws IOException {
        var anchorer =
                new Anchorer(
                        contract,
                        account,
                        new MemoryAnchors(),
                        Terms.of(confirmations, mostGwei),
                        clock);
        if (anchorer.begin(note) instanceof Progress.Done done) return published(done);
        return await(
                () ->
                        anchorer.step() instanceof Progress.Done done
                                ? Optional.of(published(done))
                                : Optional.empty());
    }

    private static Published published(Progress.Done done) {
        return new Published(done.anchored(), done.gas());
    }

    private <T> T await(Question<T> question) throws IOException {
        Instant end = clock.instant().plus(longest);
        while (true) {
            var answer = question.ask();
            if (answer.isPresent()) return answer.get();
            if (clock.instant().isAfter(end)) {
                throw new ChainFailure(
                        "no block came within %d s; the transaction may still come true"
                                .formatted(longest.toSeconds()));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
