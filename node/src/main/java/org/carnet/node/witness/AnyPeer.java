// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.LogVerifier;
import org.carnet.log.TlogPolicy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;

/// What counts as witnessed when the operator names no policy: the cosignature of any connected platform.
final class AnyPeer {
    private AnyPeer() {}

    /// The policy (c2sp.org/tlog-policy); empty while no witness is connected, and then nothing is ever witnessed.
    static Optional<TlogPolicy> among(LogVerifier log, Collection<Peer> peers) {
        var text = new StringBuilder();
        for (var key : log.keys()) text.append("log ").append(key.vkey()).append('\n');
        var names = new ArrayList<String>();
        for (var peer : peers) {
            for (var key : peer.witness()) {
                var name = "w" + names.size();
                names.add(name);
                text.append("witness %s %s\n".formatted(name, key.vkey()));
            }
        }
        if (names.isEmpty()) return Optional.empty();
        text.append("group peers any ").append(String.join(" ", names)).append('\n');
        return Optional.of(TlogPolicy.parse(Bytes.utf8(text.append("quorum peers\n").toString())));
    }
}
