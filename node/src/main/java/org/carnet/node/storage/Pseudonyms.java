// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.Pseudonym;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Remembers the pseudonyms that are used again and again, in a fixed number of places.
///
/// What falls on a taken place replaces it: it is computed again when it comes back.
final class Pseudonyms {
    private static final int PLACES = 1 << 16;

    private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(PLACES);

    private record Known(long key, String identifier, Pseudonym pseudonym) {}

    Pseudonym of(SubjectKey key, String identifier) {
        int hash = 31 * Long.hashCode(key.id()) + identifier.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        var found = known.get(place);
        if (found != null && found.key == key.id() && found.identifier.equals(identifier)) {
            return found.pseudonym;
        }
        var pseudonym = key.pseudonym(identifier);
        known.set(place, new Known(key.id(), identifier, pseudonym));
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
