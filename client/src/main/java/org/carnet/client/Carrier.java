// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;

import java.util.concurrent.CompletableFuture;

/// A way for signed packs to reach a node.
///
/// All carriers promise the same: packs leave in the order of the calls, and each future completes with the node's
/// own answer to that pack, or exceptionally with an [java.io.IOException] when the answer never came. Then the pack
/// may or may not have arrived; sending it again is safe, since the node refuses what it already has as `replay`.
public interface Carrier extends AutoCloseable {

    /// Sends one pack; blocks while as many packs as the carrier allows are unanswered.
    CompletableFuture<Ack> send(Bytes pack);

    /// Waits for the answers still missing, then leaves.
    @Override
    void close();
}
