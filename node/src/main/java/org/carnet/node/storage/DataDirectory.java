// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.nio.file.Path;

/// Where storage keeps what, below one directory.
///
/// ```text
/// journal/<first record, 16 hex digits>.segment   the records and their sealed details
/// journal/<first record, 16 hex digits>.index     where each record of a full segment starts (derived)
/// journal/prepared                                zeros that become the next segment
/// tile/, tile/entries/                            the tree as c2sp.org/tlog-tiles lays it out (derived)
/// checkpoint, log.vkey                            the signed size and root, and the key that checks them
/// pruned                                          the first record that is kept, once older ones were removed
/// state/                                          snapshots of agents (derived)
/// keys/                                           secrets
/// lock                                            held while a node runs
/// ```
record DataDirectory(Path root) {
    Path journal() {
        return root.resolve("journal");
    }

    Path segment(long first) {
        return journal().resolve("%016x.segment".formatted(first));
    }

    Path index(long first) {
        return journal().resolve("%016x.index".formatted(first));
    }

    Path prepared() {
        return journal().resolve("prepared");
    }

    Path tiles() {
        return root.resolve("tile");
    }

    Path checkpoint() {
        return root.resolve("checkpoint");
    }

    Path logKey() {
        return root.resolve("log.vkey");
    }

    Path pruned() {
        return root.resolve("pruned");
    }

    Path state() {
        return root.resolve("state");
    }

    Path nodeKey() {
        return root.resolve("keys").resolve("node.key");
    }

    Path lock() {
        return root.resolve("lock");
    }
}
