// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.envelope.GatewayProof;
import org.carnet.identity.SigningKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Tells a witness that does not know this node's log where this node is, now and then until it does.
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final PeerDirectory peers;
    private final SigningKey key;
    private final Supplier<Optional<URI>> self;
    private final InstantSource clock;
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();

    /// @param key of this node
    /// @param self where others reach this node; empty if that is not known
    Announcer(
            PeerDirectory peers,
            SigningKey key,
            Supplier<Optional<URI>> self,
            InstantSource clock) {
        this.peers = peers;
        this.key = key;
        this.self = self;
        this.clock = clock;
    }

    void announceTo(Peer peer) {
        var now = clock.instant();
        var url = self.get();
        if (url.isEmpty() || now.isBefore(notBefore.getOrDefault(peer.origin(), Instant.MIN))) {
            return;
        }
        notBefore.put(peer.origin(), now.plus(PAUSE));
        var body = Announcements.body(url.get(), now);
        var proof = GatewayProof.create(key, peer.origin(), now, Announcements.number(body));
        try {
            var reply =
                    peers.link(peer)
                            .post(
                                    Announcements.PATH,
                                    body,
                                    "Authorization",
                                    "DID " + proof,
                                    "Content-Type",
                                    "application/json");
            if (reply.status() != 200) {
                LOG.warn(
                        "the witness {} does not take this node's announcement: status {}",
                        peer.origin(),
                        reply.status());
            }
        } catch (IOException e) {
            LOG.warn(
                    "this node could not announce itself to {}: {}", peer.origin(), e.getMessage());
        }
    }
}
