// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/// How far each of the three acknowledgements has come: storage and the witness tell it, everybody else asks.
///
/// A record is *durable* once it is on disk, *included* once a checkpoint that the log signed covers it, and *witnessed*
/// once such a checkpoint has the cosignatures that the node's policy demands.
public final class Acks {
    /// What a record can be acknowledged as; each has the ones before.
    public enum Level {
        DURABLE,
        INCLUDED,
        WITNESSED
    }

    /// @param size how many records, from the first one on, are acknowledged so
    /// @param at when this node learned it
    public record Reach(long size, Instant at) {}

    /// What took a record along.
    ///
    /// @param at when; empty if that is longer ago than is remembered
    public record Step(long size, Optional<Instant> at) {}

    /// How long records of the last minutes waited.
    ///
    /// @param samples of how many records this was measured
    public record Latency(int samples, Duration median, Duration p99) {}

    /// Stops the notices.
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 4096;

    /// So many records of each step are measured, evenly spread.
    private static final int SAMPLES = 8;

    private final LongSupplier durable;
    private final LongFunction<Instant> timeOf;
    private final InstantSource clock;
    private final Map<Level, Track> tracks = new EnumMap<>(Level.class);
    private final List<Consumer<Level>> subscribers = new CopyOnWriteArrayList<>();

    private volatile int witnesses;

    private record Sample(Instant at, long micros) {}

    private record Waiting(long size, CompletableFuture<Void> reached) {}

    /// What is known of one level.
    private static final class Track {
        private final ArrayDeque<Reach> steps = new ArrayDeque<>();
        private final ArrayDeque<Sample> samples = new ArrayDeque<>();
        private final List<Waiting> waiting = new ArrayList<>();
    }

    /// @param durable how many records are on disk
    /// @param timeOf when a record was appended
    public Acks(LongSupplier durable, LongFunction<Instant> timeOf, InstantSource clock) {
        this.durable = durable;
        this.timeOf = timeOf;
        this.clock = clock;
        for (var level : Level.values()) tracks.put(level, new Track());
    }

    private Track track(Level level) {
        return Objects.requireNonNull(tracks.get(level));
    }

    /// Tells that the first so many records are acknowledged so; a smaller number than before says nothing.
    public void reached(Level level, long size) {
        var due = new ArrayList<CompletableFuture<Void>>();
        var track = track(level);
        var now = clock.instant();
        Reach before;
        synchronized (track) {
            before = track.steps.peekLast();
            if (before != null && before.size() >= size) return;
            track.steps.addLast(new Reach(size, now));
            if (track.steps.size() > MOST_REMEMBERED) track.steps.removeFirst();
            track.waiting.removeIf(
                    one -> {
                        boolean done = one.size() <= size;
                        if (done) due.add(one.reached());
                        return done;
                    });
        }
        due.forEach(one -> one.complete(null));
        // What was there before the start has waited for nothing that could be measured.
        if (before != null) measure(level, before.size(), size, now);
        subscribers.forEach(subscriber -> subscriber.accept(level));
    }

    private void measure(Level level, long from, long to, Instant now) {
        long step = Math.max(1, (to - from) / SAMPLES);
        for (long record = from; record < to; record += step) {
            waited(level, Duration.between(timeOf.apply(record), now));
        }
    }

    /// Tells how long a record waited for the acknowledgement.
    public void waited(Level level, Duration latency) {
        var track = track(level);
        var sample = new Sample(clock.instant(), Math.max(0, latency.toNanos() / 1000));
        synchronized (track) {
            track.samples.addLast(sample);
            if (track.samples.size() > MOST_REMEMBERED) track.samples.removeFirst();
        }
    }

    /// How far the level has come; empty if no record has come so far yet.
    public Optional<Reach> reach(Level level) {
        if (level == Level.DURABLE) {
            return Optional.of(new Reach(durable.getAsLong(), clock.instant()));
        }
        var track = track(level);
        synchronized (track) {
            return Optional.ofNullable(track.steps.peekLast());
        }
    }

    /// The first step that is known to have taken the record along; empty if none did.
    public Optional<Step> of(Level level, long record) {
        var track = track(level);
        synchronized (track) {
            var oldest = track.steps.peekFirst();
            return track.steps.stream()
                    .filter(step -> step.size() > record)
                    .findFirst()
                    .map(
                            step ->
                                    new Step(
                                            step.size(),
                                            step.equals(oldest)
                                                    ? Optional.empty()
                                                    : Optional.of(step.at())));
        }
    }

    /// Tells how many witnesses are connected.
    public void witnesses(int connected) {
        witnesses = connected;
    }

    /// How many witnesses are connected: with none, nothing is ever witnessed.
    public int witnesses() {
        return witnesses;
    }

    /// What records of the last five minutes waited; empty if none were measured.
    public Optional<Latency> latency(Level level) {
        var track = track(level);
        var since = clock.instant().minus(MINUTES);
        long[] micros;
        synchronized (track) {
            micros =
                    track.samples.stream()
                            .filter(sample -> sample.at().isAfter(since))
                            .mapToLong(Sample::micros)
                            .sorted()
                            .toArray();
        }
        if (micros.length == 0) return Optional.empty();
        return Optional.of(
                new Latency(
                        micros.length,
                        Duration.ofNanos(micros[micros.length / 2] * 1000),
                        Duration.ofNanos(micros[(int) (micros.length * 0.99)] * 1000)));
    }

    /// Completes once the first so many records are acknowledged so, which may be never.
    public CompletableFuture<Void> awaited(Level level, long size) {
        var track = track(level);
        synchronized (track) {
            var last = track.steps.peekLast();
            if (last != null && last.size() >= size) return CompletableFuture.completedFuture(null);
            var waiting = new Waiting(size, new CompletableFuture<>());
            track.waiting.add(waiting);
            // Whoever gives up waiting is forgotten.
            waiting.reached()
                    .whenComplete(
                            (nothing, failure) -> {
                                if (failure != null) forget(track, waiting);
                            });
            return waiting.reached();
        }
    }

    private static void forget(Track track, Waiting waiting) {
        synchronized (track) {
            track.waiting.remove(waiting);
        }
    }

    /// Tells the consumer, which must be short, of each level that has come further.
    public Subscription subscribe(Consumer<Level> consumer) {
        subscribers.add(consumer);
        return () -> subscribers.remove(consumer);
    }
}
