// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.carnet.node.points.Suspicion;
import org.carnet.node.points.Suspicion.Party;
import org.carnet.node.points.Suspicion.Sort;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Looks at what was told, one thing after another, and finds what may be fraud. Used by one thread.
final class Rules {
    private static final double CERTAIN_KEY = 0.9;
    private static final double LIKELY = 0.6;

    /// Evidence at which the score is one half; each further so much halves what is missing to one.
    static final double HALF = 70;

    /// Movements alone never reach what suspends by default: wearers change their ways more often than their watch.
    static final double MOST_BY_MOVEMENT = 0.75;

    private final Trails trails = new Trails();
    private final Wearers wearers;
    private final String platform;
    private final double fastest;
    private final int mostFailures;

    /// @param platform the name of this node
    /// @param fastest in metres a second
    /// @param mostFailures failed proofs a minute that may be a mistake
    Rules(String platform, int watched, double fastest, int mostFailures, LongSupplier seeds) {
        this.platform = platform;
        this.wearers = new Wearers(watched, seeds);
        this.fastest = fastest;
        this.mostFailures = mostFailures;
    }

    /// @param now when it is looked at
    List<Finding> judge(Inbox.Told told, Instant now) {
        return switch (told) {
            case Inbox.Told.Updated(var update) -> updated(update, now);
            case Inbox.Told.Failed(var party, var what) -> failed(party, what, now);
            case Inbox.Told.Placed(var party, var fix) -> placed(party, fix).stream().toList();
        };
    }

    private List<Finding> updated(Suspicion.Update update, Instant now) {
        var party = new Party(Sort.THING, update.thing(), update.owner());
        var trail = trails.of(party.id());
        var found = new ArrayList<Finding>();
        var pack = update.pack();
        if (trail.contradicts(pack.signer(), pack.sequence(), pack.raw())) {
            var reason = "two different packs are signed with the number " + pack.sequence();
            found.add(new Finding(party, Rule.SAME_NUMBER_TWICE, CERTAIN_KEY, List.of(reason)));
        }
        if (!update.fresh()) return found;
        trail.moved(update.place(), now)
                .map(places -> "within seconds, packs came back and forth from " + places)
                .map(reason -> new Finding(party, Rule.TWO_PLACES, LIKELY, List.of(reason)))
                .ifPresent(found::add);
        fix(pack.readings()).flatMap(fix -> placed(party, fix)).ifPresent(found::add);
        moved(party, pack.readings(), now).ifPresent(found::add);
        return found;
    }

    /// Where the thing says it is, by the units that only positions have (RFC 8428 section 12.1).
    private Optional<Trail.Fix> fix(List<Reading> readings) {
        double latitude = Double.NaN;
        double longitude = Double.NaN;
        for (var reading : readings) {
            if (!(reading.value() instanceof Value.Quantity(double degrees))) continue;
            if (reading.unit().equals("lat")) latitude = degrees;
            else if (reading.unit().equals("lon")) longitude = degrees;
        }
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return Optional.empty();
        var at = readings.getLast().time();
        return Optional.of(new Trail.Fix(platform, latitude, longitude, at));
    }

    private Optional<Finding> placed(Party party, Trail.Fix fix) {
        return trails.of(party.id())
                .travelled(fix, fastest)
                .map(journey -> new Finding(party, Rule.IMPOSSIBLE_MOTION, 0.7, List.of(journey)));
    }

    private List<Finding> failed(Party party, String what, Instant now) {
        int failures = trails.of(party.id()).failed(now);
        if (failures <= mostFailures) return List.of();
        var reason = failures + " failed proofs within a minute, the last: " + what;
        return List.of(new Finding(party, Rule.FAILED_PROOFS, LIKELY, List.of(reason)));
    }

    private Optional<Finding> moved(Party party, List<Reading> readings, Instant now) {
        if (readings.stream().noneMatch(reading -> reading.property().equals("acceleration-x")))
            return Optional.empty();
        var followed = wearers.of(party.id(), party.owner(), now);
        if (followed.isEmpty()) return Optional.empty();
        var evidence = new double[1];
        for (var reading : readings) {
            followed.get()
                    .windows
                    .take(
                            reading,
                            window ->
                                    evidence[0] =
                                            Math.max(
                                                    evidence[0],
                                                    followed.get().wearer.take(window)));
        }
        double score = score(evidence[0]);
        if (score < 0.5) return Optional.empty();
        var reason =
                "the movements have not been those of the usual wearer (evidence %.0f, usual below %.0f)"
                        .formatted(evidence[0], HALF);
        return Optional.of(new Finding(party, Rule.CHANGED_CHARACTER, score, List.of(reason)));
    }

    static double score(double evidence) {
        return Math.min(MOST_BY_MOVEMENT, 1 - Math.pow(2, -evidence / HALF));
    }

    /// Starts anew with a party that was cleared.
    void clear(String party) {
        trails.remove(party);
        wearers.forget(party);
    }

    /// Forgets all that belongs to such owners; of trails it is not known, so all go.
    void forgetOwners(Predicate<String> owners) {
        wearers.forgetOwners(owners);
        trails.clear();
    }

    int followed() {
        return wearers.size();
    }
}
