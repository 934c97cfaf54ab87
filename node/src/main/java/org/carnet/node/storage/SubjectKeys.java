// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.node.points.Keys.Range;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The keys of the subjects: one for each epoch of each, one for what agents remember of each and one for what they keep,
/// created when they are first asked for.
///
/// Epochs are periods of the clock in UTC. The epoch is the grain of forgetting: its key goes as a whole, and with it
/// what was sealed in that time and what the pseudonyms of that time stood for. Safe for many threads; cheap once the
/// key of the present is known.
public interface SubjectKeys extends OpeningKeys {
    /// The key for what is recorded of a subject at that time; a new one if there is none yet, kept before this returns.
    ///
    /// @throws org.carnet.node.points.SubjectForgotten if the subject was forgotten and has not begun anew
    SubjectKey of(String subject, Instant time);

    /// The key for what agents remember of a subject; every erasure replaces it, since memory knows no epochs.
    ///
    /// @throws org.carnet.node.points.SubjectForgotten if the subject was forgotten and has not begun anew
    SubjectKey ofState(String subject);

    /// The key for what has no copy elsewhere and lasts as long as the subject; only forgetting all of it destroys it.
    ///
    /// @throws org.carnet.node.points.SubjectForgotten if the subject was forgotten and has not begun anew
    SubjectKey ofKept(String subject);

    /// Every key for records that a subject still has, oldest epoch first.
    List<SubjectKey> all(String subject);

    /// Closes the keys of a subject that the range means, and the one for its state: from now on others are used. The one
    /// for what is kept is meant when all of the subject is. Answers those for records, closed ones included; they still
    /// open.
    List<SubjectKey> close(String subject, Range range);

    /// Some subjects that have keys which lie wholly in the range; all of them, if they are not too many.
    List<String> expired(Range range);

    /// Lets a subject have no new key until it [#begin]s anew.
    void bar(String subject);

    /// Lets a subject that was forgotten have keys again, because it has registered anew.
    void begin(String subject);

    /// Destroys closed keys of a subject, on disk and in memory, and the closed ones for its state and what was kept. Answers how
    /// many.
    int destroy(String subject, Collection<Long> ids);
}
