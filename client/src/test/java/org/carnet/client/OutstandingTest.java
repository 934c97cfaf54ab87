// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class OutstandingTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Ack DURABLE = new Ack.Durable(7);

    private final Outstanding outstanding = new Outstanding(2);

    @Test
    void answersFindTheirPacksInAnyOrder() {
        var first = sent(1);
        var second = sent(2);
        outstanding.answer(2, new Ack.Refused("replay", ""));
        outstanding.answer(1, DURABLE);
        outstanding.answer(3, DURABLE);

        assertThat(first).isCompletedWithValue(DURABLE);
        assertThat(second).isCompletedWithValue(new Ack.Refused("replay", ""));
    }

    @Test
    void aFullWindowHoldsTheSenderBackUntilAnAnswerComes() throws InterruptedException {
        sent(1);
        sent(2);
        var admitted = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(
                        () -> {
                            outstanding.admit();
                            admitted.countDown();
                        });

        assertThat(admitted.await(100, TimeUnit.MILLISECONDS)).isFalse();
        outstanding.answer(1, DURABLE);
        assertThat(admitted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsUnansweredWhenTheConnectionBreaksFailsAndSoDoesWhatComesLater() {
        var before = sent(1);
        outstanding.lose(new IOException("broken"));
        var after = sent(2);

        assertThat(before).failsWithin(SOON).withThrowableThat().withMessageContaining("broken");
        assertThat(after).failsWithin(SOON).withThrowableThat().withMessageContaining("closed");
        // and nobody waits for the window of a dead connection
        sent(3);
        sent(4);
        outstanding.drain();
    }

    private CompletableFuture<Ack> sent(long number) {
        outstanding.admit();
        return outstanding.expect(number);
    }
}
