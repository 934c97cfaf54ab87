// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the clear rules remember of one party: its last packs, places and failures. At most about 10 kB.
final class Trail {
    private static final int PACKS = 64;

    /// So many moves between places within that time are no roaming any more.
    private static final int MOVES = 4;

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_FAILURES = 1000;

    /// Below this, clocks and satellites are not exact enough to tell.
    private static final double LEAST_METRES = 1000;

    private static final double EARTH_METRES = 6_371_000;

    /// Somebody was there.
    record Fix(String platform, double latitude, double longitude, Instant at) {}

    private record Move(String from, String to, Instant at) {}

    /// A number that one key used; another key counts anew.
    private record Numbered(DidKey signer, long sequence) {}

    private final Map<Numbered, Integer> packs = new LinkedHashMap<>();
    private final ArrayDeque<Move> moves = new ArrayDeque<>();
    private final ArrayDeque<Instant> failures = new ArrayDeque<>();
    private String place = "";
    private @Nullable Fix fix;

    /// Remembers the pack; true if the same number of the same key stood on another one.
    boolean contradicts(DidKey signer, long sequence, Bytes raw) {
        var before = packs.putIfAbsent(new Numbered(signer, sequence), raw.hashCode());
        if (packs.size() > PACKS) packs.remove(packs.keySet().iterator().next());
        return before != null && before != raw.hashCode();
    }

    /// Remembers where a fresh pack came from; tells the two places if the party is at both of them.
    Optional<String> moved(String to, Instant now) {
        var from = place;
        place = to;
        if (from.equals(to) || from.isEmpty() || to.isEmpty()) return Optional.empty();
        moves.addLast(new Move(from, to, now));
        var since = now.minus(SHORT);
        while (moves.size() > MOVES || moves.getFirst().at().isBefore(since)) moves.removeFirst();
        boolean backAndForth =
                moves.size() == MOVES
                        && moves.stream().filter(move -> move.to().equals(from)).count() >= 2;
        return backAndForth ? Optional.of(from + " and " + to) : Optional.empty();
    }

    /// Remembers a failed proof; answers how many there were in the last minute.
    int failed(Instant now) {
        failures.addLast(now);
        var since = now.minus(MINUTE);
        while (failures.size() > MOST_FAILURES || failures.getFirst().isBefore(since)) {
            failures.removeFirst();
        }
        return failures.size();
    }

    /// Remembers where the party was; tells how it would have had to move if it was faster than that.
    Optional<String> travelled(Fix next, double mostMetresPerSecond) {
        var last = fix;
        fix = next;
        if (last == null) return Optional.empty();
        double metres = metres(last, next);
        double seconds =
                Math.max(1, Math.abs(Duration.between(last.at(), next.at()).toMillis()) / 1000.0);
        if (metres < LEAST_METRES || metres / seconds <= mostMetresPerSecond)
            return Optional.empty();
        return Optional.of(
                "from %s to %s, %.0f km in %.0f s"
                        .formatted(last.platform(), next.platform(), metres / 1000, seconds));
    }

    /// Along a great circle (haversine).
    private static double metres(Fix one, Fix other) {
        double north = Math.toRadians(other.latitude() - one.latitude()) / 2;
        double east = Math.toRadians(other.longitude() - one.longitude()) / 2;
        double chord =
                Math.pow(Math.sin(north), 2)
                        + Math.cos(Math.toRadians(one.latitude()))
                                * Math.cos(Math.toRadians(other.latitude()))
                                * Math.pow(Math.sin(east), 2);
        return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
    }
}
