// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.util.List;

/// Somewhere that an erasure must reach: memory, snapshots, rows, copies elsewhere.
///
/// All are told one after another, in the order of [#stage], after the tombstone is on the record and the keys are
/// destroyed. If the node dies in between, all are told again at the next start, so what is forgotten already is no
/// failure. An exception means "not yet": the erasure stays unfinished and is carried on at the next start. Only
/// [Stage#COPIES] are not waited for: they are told once, and keep what they still have to do by the ids of the keys.
public interface Forgets {
    /// When a place is told: what others are made of goes before what is made of it.
    enum Stage {
        /// What left this node already: told of while it is still known where it went.
        OUTSIDE,
        /// What lets new data come in, and what is in memory.
        MEMORY,
        /// What is written from memory.
        SNAPSHOTS,
        /// Rows and files of this node.
        FILES,
        /// What lies elsewhere, such as backups and mirrors.
        COPIES
    }

    /// What became of it; both stand in the erasure receipt, so neither names anybody.
    sealed interface Outcome {}

    /// Nothing of it is there any more.
    ///
    /// @param what was done, in one clause
    record Reached(String what) implements Outcome {}

    /// Something of it is still there, and this node cannot change that now.
    ///
    /// @param why in one clause, with what its operator has to do
    record Pending(String why) implements Outcome {}

    /// What the receipt calls this place, such as "the states of avatars".
    String place();

    Stage stage();

    Outcome forget(Erasure erasure);

    /// Forgets several at once; for places that need not look at each of them.
    default Outcome forget(List<Erasure> erasures) {
        Outcome outcome = new Reached("there was nothing");
        for (var erasure : erasures) {
            var next = forget(erasure);
            if (!(outcome instanceof Pending)) outcome = next;
        }
        return outcome;
    }
}
