// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The wearers that are followed: so many at most, and no owner takes more than a quarter of the places.
///
/// Who is followed stays so while its thing sends, so that nobody can push others out by sending a lot.
final class Wearers {
    private static final Duration IDLE = Duration.ofHours(1);

    private final Map<String, Followed> followed = new HashMap<>();
    private final int most;
    private final LongSupplier seeds;

    /// One wearer, and what of its readings makes no whole window yet.
    static final class Followed {
        final Windows windows = new Windows();
        final Wearer wearer;
        private final String owner;
        private Instant seen;

        Followed(String owner, long seed, Instant seen) {
            this.owner = owner;
            this.wearer = new Wearer(seed);
            this.seen = seen;
        }
    }

    Wearers(int most, LongSupplier seeds) {
        this.most = most;
        this.seeds = seeds;
    }

    /// The wearer of that thing; empty if there is no place left for another one.
    Optional<Followed> of(String thing, String owner, Instant now) {
        var known = followed.get(thing);
        if (known == null) {
            if (!room(owner, now)) return Optional.empty();
            known = new Followed(owner, seeds.getAsLong(), now);
            followed.put(thing, known);
        }
        known.seen = now;
        return Optional.of(known);
    }

    private boolean room(String owner, Instant now) {
        if (followed.size() >= most) {
            followed.values().removeIf(one -> one.seen.isBefore(now.minus(IDLE)));
            if (followed.size() >= most) return false;
        }
        long own = followed.values().stream().filter(one -> one.owner.equals(owner)).count();
        return own < Math.max(1, most / 4);
    }

    /// Learns the wearer anew.
    void forget(String thing) {
        followed.remove(thing);
    }

    void forgetOwners(Predicate<String> owners) {
        followed.values().removeIf(one -> owners.test(one.owner));
    }

    int size() {
        return followed.size();
    }
}
