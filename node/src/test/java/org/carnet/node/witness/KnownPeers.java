// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import java.util.List;
import java.util.Optional;

/// Platforms that have met already.
record KnownPeers(List<Platform> platforms) implements PeerDirectory {
    @Override
    public List<Peer> all() {
        return platforms.stream().map(Platform::peer).toList();
    }

    @Override
    public Optional<Peer> of(String origin) {
        return all().stream().filter(peer -> peer.origin().equals(origin)).findFirst();
    }

    @Override
    public Link link(Peer peer) {
        return platforms.stream()
                .filter(platform -> platform.origin.equals(peer.origin()))
                .findFirst()
                .orElseThrow();
    }
}
