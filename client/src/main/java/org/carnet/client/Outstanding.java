// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The packs that a carrier has sent and the node has not answered yet, at most a window of them.
final class Outstanding {
    private static final int CLOSING_SECONDS = 10;

    private final Map<Long, CompletableFuture<Ack>> unanswered = new ConcurrentHashMap<>();
    private final int window;
    private final Semaphore room;
    private volatile boolean lost;

    Outstanding(int window) {
        this.window = window;
        this.room = new Semaphore(window);
    }

    /// Waits for room in the window; to be called before [#expect].
    void admit() {
        room.acquireUninterruptibly();
    }

    CompletableFuture<Ack> expect(long number) {
        var answer = new CompletableFuture<Ack>();
        unanswered.put(number, answer);
        if (lost) lose(new IOException("the connection is closed"));
        return answer;
    }

    void answer(long number, Ack ack) {
        var answer = unanswered.remove(number);
        if (answer == null) return;
        room.release();
        answer.complete(ack);
    }

    /// No more answers will come.
    void lose(IOException cause) {
        lost = true;
        for (var number : List.copyOf(unanswered.keySet())) {
            var answer = unanswered.remove(number);
            if (answer == null) continue;
            room.release();
            answer.completeExceptionally(cause);
        }
    }

    /// Waits until all are answered or lost, but not for ever.
    void drain() {
        try {
            if (room.tryAcquire(window, CLOSING_SECONDS, TimeUnit.SECONDS)) room.release(window);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
