// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import java.time.Instant;
import java.util.Optional;

/// A finding that is on the record, what follows from it, and what became of that.
///
/// @param id the index of its record
/// @param joint the score of all that speaks against the party, this finding included
/// @param due when a fresh proof that is demanded must have been given, or the party is suspended
/// @param decision who decided about it, when and why
record Signal(
        long id,
        Finding finding,
        double joint,
        Effect effect,
        State state,
        Instant raised,
        Optional<Instant> due,
        Optional<Decision> decision) {

    /// What follows.
    enum Effect {
        /// Somebody should know.
        NOTED,
        /// The owner of a thing confirms it, a person signs in anew.
        STEP_UP,
        /// Nothing is taken from the party.
        SUSPENDED
    }

    /// What became of it.
    enum State {
        OPEN,
        /// The owner, or the person, proved anew who it is.
        CONFIRMED,
        LIFTED,
        UPHELD;

        /// Whether the effect still holds.
        boolean holds() {
            return this == OPEN || this == UPHELD;
        }
    }

    record Decision(String by, Instant at, String why) {}

    Signal with(Effect effect, State state, Decision decision) {
        return new Signal(
                id, finding, joint, effect, state, raised, Optional.empty(), Optional.of(decision));
    }
}
