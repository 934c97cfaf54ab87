// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.client.Carrier;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.client.UpdateStream;
import org.carnet.envelope.GatewayProof;
import org.carnet.identity.SigningKey;
import org.carnet.node.settings.Settings;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Opens a stream to another platform, where this node proves itself as the gateway of its things.
final class PeerConnection implements Forwarder.Connection {
    private final String name;
    private final Settings.Peer peer;
    private final SigningKey key;
    private final InstantSource clock;
    private final SecureRandom random;
    private @Nullable NodeClient client;

    /// @param name the other platform's name, which the proof is made out to
    PeerConnection(
            String name,
            Settings.Peer peer,
            SigningKey key,
            InstantSource clock,
            SecureRandom random) {
        this.name = name;
        this.peer = peer;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Carrier open() throws IOException {
        if (client == null) client = NodeClient.open(peer.url(), trust());
        var id = new byte[16];
        random.nextBytes(id);
        var proof = GatewayProof.create(key, name, clock.instant(), Bytes.unsafe(id).toBase64Url());
        return client.withGatewayProof(proof).stream(UpdateStream.WINDOW);
    }

    /// Read when the first stream is opened: the other platform may have made its authority only just now.
    private Trust trust() throws IOException {
        return peer.authority().isPresent()
                ? Trust.authority(peer.authority().get())
                : Trust.usual();
    }

    @Override
    public void close() {
        if (client != null) client.close();
        client = null;
    }
}
