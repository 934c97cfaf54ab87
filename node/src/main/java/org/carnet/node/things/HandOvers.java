// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What owners offer to hand over, until it is taken over, withdrawn or out of date; a restart withdraws all.
///
/// An offer is for one account, which also has to hold its code: whoever reads the code elsewhere gets nothing by it.
final class HandOvers {
    static final Duration LIFETIME = Duration.ofDays(1);
    private static final int CODE_BYTES = 16;

    /// @param to the account that may take the thing over
    record Offer(DidKey thing, String from, String to, String code, Instant until) {}

    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, Offer> offers = new HashMap<>();

    HandOvers(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /// Takes the place of any other offer of the thing.
    synchronized Offer offer(DidKey thing, String from, String to) {
        withdraw(thing);
        var code = new byte[CODE_BYTES];
        random.nextBytes(code);
        var text = Bytes.unsafe(code).toBase64Url();
        var offer = new Offer(thing, from, to, text, clock.instant().plus(LIFETIME));
        offers.put(text, offer);
        return offer;
    }

    synchronized boolean withdraw(DidKey thing) {
        return offers.values().removeIf(offer -> offer.thing().equals(thing));
    }

    /// The offer by this code to this account; whether there is one to somebody else is not told.
    synchronized Optional<Offer> find(String code, String to) {
        var now = clock.instant();
        offers.values().removeIf(offer -> !now.isBefore(offer.until()));
        return Optional.ofNullable(offers.get(code)).filter(offer -> offer.to().equals(to));
    }

    /// Forgets what somebody offers and what is offered to them.
    synchronized void forget(String owner) {
        offers.values().removeIf(offer -> offer.from().equals(owner) || offer.to().equals(owner));
    }
}
