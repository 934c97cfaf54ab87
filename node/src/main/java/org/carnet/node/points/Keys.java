// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.log.Pseudonym;
import org.carnet.log.Record;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// R2: the keys that stand between what is sealed and whoever wants to read it, for whoever forgets.
public interface Keys {
    /// Which time of a subject, `from` (inclusive) to `until` (exclusive).
    record Range(Instant from, Instant until) {
        public static final Range ALL = new Range(Instant.MIN, Instant.MAX);

        public Range {
            if (!from.isBefore(until)) throw new IllegalArgumentException("the range is empty");
        }

        public boolean whole() {
            return equals(ALL);
        }
    }

    /// Closes every key of the subject whose epoch touches the range, and finds what each has sealed.
    ///
    /// Once this returns, all that was ever sealed with them is durable, and nothing more will be. When all of the
    /// subject is meant, nothing more is recorded of it either: appending is refused with [SubjectForgotten].
    List<Erasure.ErasedKey> close(String subject, Range range);

    /// Destroys closed keys wherever this node holds them, and those of the subject's state. Answers how many.
    int destroy(String subject, List<Erasure.ErasedKey> keys);

    /// The index of the newest record of that kind about that.
    OptionalLong find(Record.Kind kind, Pseudonym about);
}
