// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.carnet.log.TileReader;

/// R2: this node's log as strangers see it, for whoever has it witnessed.
public interface OwnLog {
    /// The keys by which it signs.
    LogVerifier keys();

    /// The newest checkpoint, as the log signed it.
    SignedNote checkpoint();

    /// The tiles of every tree that was signed.
    TileReader tiles();
}
