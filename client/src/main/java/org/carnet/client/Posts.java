// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;

import java.util.concurrent.CompletableFuture;

/// The HTTP carrier: one request per pack, each waiting for the one before so that packs stay in order.
final class Posts implements Carrier {
    private final NodeClient node;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Posts(NodeClient node) {
        this.node = node;
    }

    @Override
    public synchronized CompletableFuture<Ack> send(Bytes pack) {
        last.handle((answer, failure) -> answer).join();
        var answer = node.sendAsync(pack);
        last = answer;
        return answer;
    }

    @Override
    public synchronized void close() {
        last.handle((answer, failure) -> answer).join();
    }
}
