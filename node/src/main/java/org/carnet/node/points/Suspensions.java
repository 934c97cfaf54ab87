// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who may not act for now, and who has to prove anew who they are: whoever decides that tells it, everybody else asks.
///
/// It is in memory only, so that no query stands on the path of an update. Each cause is kept apart: what one lifts does
/// not lift what the other still wants. Who has a cause keeps it in its own table and tells it again at the next start.
public final class Suspensions {
    /// Why somebody is suspended.
    public enum Cause {
        /// The owner said so: the thing is lost.
        OWNER,
        /// What it did looked like fraud.
        SIGNAL
    }

    private final Map<String, Set<Cause>> suspended = new ConcurrentHashMap<>();
    private final Map<String, Instant> anew = new ConcurrentHashMap<>();

    /// Suspends a party, by its DID or the name of its account.
    public void suspend(String party, Cause cause) {
        suspended.merge(party, Set.copyOf(EnumSet.of(cause)), Suspensions::with);
    }

    /// Takes the cause away; the party is free again if it was the last.
    public void lift(String party, Cause cause) {
        suspended.computeIfPresent(
                party,
                (same, causes) -> {
                    var left = EnumSet.copyOf(causes);
                    left.remove(cause);
                    return left.isEmpty() ? null : Set.copyOf(left);
                });
    }

    private static Set<Cause> with(Set<Cause> one, Set<Cause> other) {
        var both = EnumSet.copyOf(one);
        both.addAll(other);
        return Set.copyOf(both);
    }

    public boolean suspended(String party) {
        return !suspended.isEmpty() && suspended.containsKey(party);
    }

    /// How many are.
    public int size() {
        return suspended.size();
    }

    /// From here on, no proof of that party that is older than this is enough.
    public void demandProof(String party, Instant since) {
        anew.merge(party, since, (one, other) -> one.isAfter(other) ? one : other);
    }

    /// Older proofs are enough again.
    public void enough(String party) {
        anew.remove(party);
    }

    /// Since when the party must have proved who it is; empty if any proof that holds is enough.
    public Optional<Instant> proofSince(String party) {
        return anew.isEmpty() ? Optional.empty() : Optional.ofNullable(anew.get(party));
    }
}
