// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Waits for what another process does, by asking it again and again.
final class Waiting {
    private static final long PATIENCE_SECONDS = 60;
    private static final long LOOK_MILLISECONDS = 100;

    private Waiting() {}

    /// Answers null until it has an answer.
    interface Question<T> {
        T ask() throws IOException;
    }

    static <T> T until(Question<T> question, String what) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var later = CompletableFuture.delayedExecutor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        while (System.nanoTime() < end) {
            try {
                var answer = question.ask();
                if (answer != null) return answer;
            } catch (IOException failure) {
                throw new UncheckedIOException(what, failure);
            }
            CompletableFuture.runAsync(() -> {}, later).join();
        }
        throw new AssertionError("it does not come true that " + what);
    }
}
