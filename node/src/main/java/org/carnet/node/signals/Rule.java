// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import java.util.Locale;

/// What may be a sign of fraud.
enum Rule {
    /// A key signed two different packs with one sequence number. Nobody without the key can bring that about.
    SAME_NUMBER_TWICE,
    /// Fresh packs of one key come from two places in turn.
    TWO_PLACES,
    /// Somebody would have moved faster than anything that carries people.
    IMPOSSIBLE_MOTION,
    /// Somebody who proved who it is failed in the rest of its proofs, again and again.
    FAILED_PROOFS,
    /// The wearer of a watch moves like somebody else.
    CHANGED_CHARACTER;

    /// The name on the wire, such as `two-places`.
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
