// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.envelope.Refused;

/// What the sender of an update is told.
public sealed interface Answer {
    /// The update is on disk.
    ///
    /// @param record the index of its `received` record
    record Acknowledged(long record) implements Answer {}

    /// The update changed nothing.
    record Declined(Refused refused) implements Answer {
        /// Whether the sender did not even show whose update it is.
        boolean provesNothing() {
            return switch (refused.reason()) {
                case MALFORMED_ENVELOPE,
                        UNSUPPORTED_ALGORITHM,
                        UNKNOWN_THING,
                        WRONG_KEY,
                        BAD_SIGNATURE ->
                        true;
                default -> false;
            };
        }
    }
}
