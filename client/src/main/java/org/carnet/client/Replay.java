// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/// Plays a recording at its original rate, as if the watch were worn now.
///
/// Ten times a second it signs what was measured since and sends it. A recording that ends starts again.
public final class Replay {
    /// What one pack covers.
    public static final Duration SLICE = Duration.ofMillis(100);

    /// Is told what became of every pack, on any thread.
    public interface Observer {
        void answered(Bytes pack, Ack ack, Duration after);

        /// The answer never came; the pack may or may not have arrived.
        void unanswered(Bytes pack, IOException cause);
    }

    private final Thing thing;
    private final Form form;
    private final Carrier carrier;
    private final InstantSource clock;
    private final Observer observer;

    public Replay(Thing thing, Form form, Carrier carrier, InstantSource clock, Observer observer) {
        this.thing = thing;
        this.form = form;
        this.carrier = carrier;
        this.clock = clock;
        this.observer = observer;
    }

    /// Plays for so long, or until interrupted; the last answers may come later.
    ///
    /// @param wanted tells readings to send from those to keep back, asked anew for each pack
    public void play(Recording recording, Duration length, Predicate<Reading> wanted)
            throws IOException, InterruptedException {
        var slices = recording.slices(SLICE);
        var packs = length.dividedBy(SLICE);
        var start = clock.instant();
        for (long pack = 0; pack < packs; pack++) {
            int slice = (int) (pack % slices.size());
            var lap = start.plus(SLICE.multipliedBy(pack - slice));
            waitUntil(start.plus(SLICE.multipliedBy(pack + 1)));
            send(Recording.readings(slices.get(slice), lap).stream().filter(wanted).toList());
        }
    }

    private void send(List<Reading> readings) throws IOException {
        if (readings.isEmpty()) return;
        var signed = thing.sign(form, clock.instant(), readings);
        var sent = System.nanoTime();
        var answer = carrier.send(signed);
        answer.whenComplete(
                (ack, failure) -> {
                    if (failure == null) {
                        observer.answered(signed, ack, Duration.ofNanos(System.nanoTime() - sent));
                    } else {
                        observer.unanswered(signed, cause(failure));
                    }
                });
    }

    private void waitUntil(Instant moment) throws InterruptedException {
        var left = Duration.between(clock.instant(), moment);
        if (left.isPositive()) Thread.sleep(left);
    }

    private static IOException cause(Throwable failure) {
        var cause = failure instanceof CompletionException wrapper ? wrapper.getCause() : failure;
        return cause instanceof IOException io ? io : new IOException("no answer", cause);
    }
}
