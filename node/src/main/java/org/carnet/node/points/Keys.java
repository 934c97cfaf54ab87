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
    ///
    /// @param within whether only epochs are meant that lie wholly in it, or all that it touches
    record Range(Instant from, Instant until, boolean within) {
        public static final Range ALL = touching(Instant.MIN, Instant.MAX);

        public Range {
            if (!from.isBefore(until)) throw new IllegalArgumentException("the range is empty");
        }

        public static Range touching(Instant from, Instant until) {
            return new Range(from, until, false);
        }

        public static Range within(Instant from, Instant until) {
            return new Range(from, until, true);
        }

        public boolean whole() {
            return equals(ALL);
        }
    }

    /// Closes every key of the subjects that the range means, and finds what each has sealed: one list for each subject.
    ///
    /// Once this returns, all that was ever sealed with them is durable, and nothing more will be. When all of a
    /// subject is meant, nothing more is recorded of it either: appending is refused with [SubjectForgotten].
    List<List<Erasure.ErasedKey>> close(List<String> subjects, Range range);

    /// Some subjects that have keys which lie wholly in the range; all of them, if they are not too many.
    List<String> expired(Range range);

    /// Destroys closed keys wherever this node holds them, and those of the subject's state. Answers how many.
    int destroy(String subject, List<Erasure.ErasedKey> keys);

    /// The index of the newest record of that kind about that.
    OptionalLong find(Record.Kind kind, Pseudonym about);
}
