// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.identity.DidKey;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Another platform whose log this node witnesses, and which witnesses this node's.
///
/// Its keys were pinned when it was first met, and are believed for good.
///
/// @param log the keys of its log; their name is its origin
/// @param url without a slash at its end
/// @param did who announced it, if anybody did
/// @param witness the keys by which it cosigns, under the name `ORIGIN/witness`; none if it is no witness
record Peer(
        URI url,
        LogVerifier log,
        List<NoteVerifier> witness,
        Optional<DidKey> did,
        Source source,
        Instant since) {
    /// Who brought it.
    enum Source {
        /// The settings, of witnessing or of forwarding.
        SETTINGS,
        /// The operator.
        OPERATOR,
        /// The platform itself.
        ANNOUNCED
    }

    Peer {
        witness = List.copyOf(witness);
        for (var key : witness) {
            if (!key.isCosigner() || !key.name().equals(witnessName(log.name()))) {
                throw new IllegalArgumentException(
                        "the witness of %s has no key %s".formatted(log.name(), key));
            }
        }
    }

    static String witnessName(String origin) {
        return origin + "/witness";
    }

    String origin() {
        return log.name();
    }
}
