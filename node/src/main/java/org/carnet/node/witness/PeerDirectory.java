// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import java.util.List;
import java.util.Optional;

/// Who is connected, and the way there.
interface PeerDirectory {
    List<Peer> all();

    /// The platform whose log has that origin.
    Optional<Peer> of(String origin);

    Link link(Peer peer);
}
