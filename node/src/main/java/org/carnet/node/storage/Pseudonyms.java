// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.Pseudonym;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Remembers the pseudonyms that are used again and again, in a fixed number of places.
///
/// Each has two places, so that two that fall on the same one need not be computed again and again; what comes third
/// replaces one of them.
final class Pseudonyms {
    private static final int PLACES = 1 << 16;

    private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(PLACES);

    private record Known(long key, String identifier, Pseudonym pseudonym) {
        boolean is(SubjectKey key, String identifier) {
            return this.key == key.id() && this.identifier.equals(identifier);
        }
    }

    Pseudonym of(SubjectKey key, String identifier) {
        int hash = 31 * Long.hashCode(key.id()) + identifier.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        var found = known.get(place);
        if (found != null && found.is(key, identifier)) return found.pseudonym;
        var other = known.get(place ^ 1);
        if (other != null && other.is(key, identifier)) return other.pseudonym;
        var pseudonym = key.pseudonym(identifier);
        known.set(found == null ? place : place ^ 1, new Known(key.id(), identifier, pseudonym));
        return pseudonym;
    }

    /// Forgets what was computed with these keys.
    void forget(Set<Long> keys) {
        for (int place = 0; place < PLACES; place++) {
            var found = known.get(place);
            if (found != null && keys.contains(found.key)) known.compareAndSet(place, found, null);
        }
    }
}
