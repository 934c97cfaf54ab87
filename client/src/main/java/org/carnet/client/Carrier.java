// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A way for signed packs to reach a node.
///
/// All carriers promise the same: packs leave in the order of the calls, and each future completes with the node's
/// own answer to that pack, or exceptionally with an [IOException] when the answer never came. Then the pack
/// may or may not have arrived; sending it again is safe, since the node refuses what it already has as `replay`.
public interface Carrier extends AutoCloseable {

    /// Connects to a node by the carrier that the address names: `https`, `wss` or `mqtts`, on loopback also without `s`.
    ///
    /// @param node such as `wss://node.example:8443`
    /// @param client names the sender to MQTT, unique at the node
    /// @throws IOException if the node cannot be reached
    static Carrier open(URI node, Trust trust, String client) throws IOException {
        var address = node.toString();
        return switch (Objects.requireNonNullElse(node.getScheme(), "")) {
            case "http", "https" -> NodeClient.open(node, trust).posts();
            case "ws", "wss" ->
                    NodeClient.open(URI.create(address.replaceFirst("ws", "http")), trust).stream(
                            UpdateStream.WINDOW);
            case "mqtt", "mqtts" ->
                    MqttCarrier.open(
                            new InetSocketAddress(node.getHost(), node.getPort()),
                            address.startsWith("mqtts") ? Optional.of(trust) : Optional.empty(),
                            client);
            default ->
                    throw new IllegalArgumentException(
                            node + " names no carrier: expected is https, wss or mqtts");
        };
    }

    /// Sends one pack; blocks while as many packs as the carrier allows are unanswered.
    CompletableFuture<Ack> send(Bytes pack);

    /// Waits for the answers still missing, then leaves.
    @Override
    void close();
}
