// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.envelope.Reading;
import org.carnet.policy.Mapping;

import java.util.List;

/// R1, upwards: what things send to the avatars that mirror them.
public interface AvatarUpdates {
    /// Makes sure that the avatar of a new mapping exists.
    void mapped(Mapping mapping);

    /// Applies readings that are durably recorded and that the mapping permits.
    ///
    /// Calls for one avatar come in the order of the records, from one thread, and must be short.
    ///
    /// @param record the index of the `applied` record
    void apply(Mapping mapping, List<Reading> readings, long record);
}
