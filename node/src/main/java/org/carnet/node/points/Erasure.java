// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.time.Instant;
import java.util.List;

/// What is being forgotten, once the tombstone is on the record and the keys are destroyed.
///
/// @param tombstone the index of the `erased` record
/// @param subject whose data it is, in clear for as long as the erasing takes; whoever is told keeps nothing of it
/// @param whole whether all of the subject goes, or a range of time only
/// @param keys the keys that were destroyed, and what they had sealed
public record Erasure(long tombstone, String subject, boolean whole, List<ErasedKey> keys) {
    public Erasure {
        keys = List.copyOf(keys);
    }

    /// One destroyed key.
    ///
    /// @param id as sealed bytes name it
    /// @param from the first instant whose records it sealed
    /// @param until the first instant whose records it did not seal any more
    /// @param first the index of the first record that it sealed; -1 if it sealed none
    /// @param last the index of the last one; -1 if it sealed none
    /// @param records how many it sealed
    public record ErasedKey(
            long id, Instant from, Instant until, long first, long last, long records) {
        /// Whether a record of the subject at that index was sealed with it.
        public boolean sealed(long index) {
            return first >= 0 && first <= index && index <= last;
        }
    }

    /// Whether the record at that index, one of the subject, is forgotten.
    public boolean covers(long index) {
        return whole || keys.stream().anyMatch(key -> key.sealed(index));
    }

    /// Names nobody.
    @Override
    public String toString() {
        return "erasure at record " + tombstone;
    }
}
