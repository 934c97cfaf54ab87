// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.carnet.log.TileReader;
import org.carnet.node.points.OwnLog;

/// What the ledger publishes, as those see it who have it witnessed.
record LedgerLog(Ledger ledger, LogVerifier keys) implements OwnLog {
    @Override
    public SignedNote checkpoint() {
        return ledger.checkpoint();
    }

    @Override
    public TileReader tiles() {
        return ledger.tiles();
    }
}
