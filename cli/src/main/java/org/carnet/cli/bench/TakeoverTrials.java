// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.client.Recording;
import org.carnet.client.Sample;
import org.carnet.node.signals.Wearer;
import org.carnet.node.signals.Windows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Plays recordings to the detector of a node: people who keep their watch, and people who put on another's.
final class TakeoverTrials {
    /// The people on whom the features, the drift and the thresholds were chosen.
    static final List<String> TUNED = Recording.PEOPLE.subList(0, 5);

    static final List<String> UNSEEN = Recording.PEOPLE.subList(5, 10);

    /// Evidence at which the score reaches what `signals.step-up` usually is. It was chosen on the tuned owners.
    static final double STEP_UP = 70;

    private static final List<Duration> MOMENTS =
            List.of(Duration.ofSeconds(60), Duration.ofSeconds(70), Duration.ofSeconds(80));
    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final int UNCHANGED_RUNS = 8;
    private static final Duration STEP = Duration.ofMillis(10);

    /// One run.
    ///
    /// @param evidence after each window from the takeover on, or from the end of learning if there is none
    /// @param times of these windows, in seconds since then
    /// @param before the most evidence before the takeover
    record Trial(
            String owner, boolean takenOver, double[] evidence, double[] times, double before) {
        double most() {
            double most = 0;
            for (double one : evidence) most = Math.max(most, one);
            return most;
        }

        double secondsTo(double threshold) {
            for (int i = 0; i < evidence.length; i++) {
                if (evidence[i] >= threshold) return times[i];
            }
            return Double.POSITIVE_INFINITY;
        }

        double seconds() {
            return times.length == 0 ? 0 : times[times.length - 1];
        }
    }

    private final long seed;
    private final int workers;
    private final Map<String, List<Sample>> people = new HashMap<>();

    TakeoverTrials(long seed, int workers) {
        this.seed = seed;
        this.workers = workers;
        for (var person : Recording.PEOPLE) people.put(person, Recording.of(person).samples());
    }

    /// Every ordered pair at every moment, and everybody unchanged.
    List<Trial> all() throws InterruptedException, ExecutionException {
        return of(Recording.PEOPLE, MOMENTS, UNCHANGED_RUNS);
    }

    List<Trial> of(List<String> chosen, List<Duration> moments, int unchanged)
            throws InterruptedException, ExecutionException {
        var work = new ArrayList<Callable<Trial>>();
        for (var owner : chosen) {
            var random = new Random(seed + owner.hashCode());
            for (var other : chosen) {
                if (other.equals(owner)) continue;
                for (var moment : moments) {
                    int from = random.nextInt(samples(other).size());
                    int to = random.nextInt(samples(owner).size());
                    long forest = random.nextLong();
                    work.add(
                            () -> {
                                var worn = cut(rotated(samples(owner), to), moment);
                                var taken = cut(rotated(samples(other), from), WATCHED);
                                return run(owner, worn, taken, forest);
                            });
                }
            }
            for (int run = 0; run < unchanged; run++) {
                int from = random.nextInt(samples(owner).size());
                long forest = random.nextLong();
                work.add(() -> run(owner, rotated(samples(owner), from), List.of(), forest));
            }
        }
        return carriedOut(work);
    }

    private List<Sample> samples(String person) {
        return people.getOrDefault(person, List.of());
    }

    private List<Trial> carriedOut(List<Callable<Trial>> work)
            throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(workers)) {
            var results = new ArrayList<Trial>();
            for (Future<Trial> trial : pool.invokeAll(work)) results.add(trial.get());
            return results;
        }
    }

    /// The same recording, begun somewhere else: so one recording makes several runs, which are not independent.
    private static List<Sample> rotated(List<Sample> samples, int from) {
        var rotated = new ArrayList<>(samples.subList(from, samples.size()));
        rotated.addAll(samples.subList(0, from));
        return rotated;
    }

    /// Its first so many seconds.
    private static List<Sample> cut(List<Sample> samples, Duration length) {
        var timed = timed(samples, Duration.ZERO);
        return timed.stream().filter(sample -> sample.offset().compareTo(length) < 0).toList();
    }

    /// The samples one after another, from a moment on, with the steps that they had.
    private static List<Sample> timed(List<Sample> samples, Duration start) {
        var timed = new ArrayList<Sample>(samples.size());
        var time = start;
        for (int i = 0; i < samples.size(); i++) {
            var sample = samples.get(i);
            if (i > 0) {
                var step = sample.offset().minus(samples.get(i - 1).offset());
                time = time.plus(step.isNegative() ? STEP : step);
            }
            timed.add(
                    new Sample(time, sample.acceleration(), sample.rotation(), sample.activity()));
        }
        return timed;
    }

    private static Trial run(String owner, List<Sample> worn, List<Sample> taken, long forest) {
        var first = timed(worn, Duration.ZERO);
        var moment = first.getLast().offset().plus(STEP);
        var wearer = new Wearer(forest);
        var windows = new Windows();
        var evidence = new ArrayList<Double>();
        var times = new ArrayList<Double>();
        double before = 0;
        double learnedUntil = 0;
        for (var sample : first) {
            var now = now(windows, wearer, sample);
            if (!wearer.judges()) learnedUntil = seconds(sample);
            if (now.isEmpty()) continue;
            before = Math.max(before, now.getFirst());
            if (!taken.isEmpty() || !wearer.judges()) continue;
            evidence.add(now.getFirst());
            times.add(seconds(sample) - learnedUntil);
        }
        for (var sample : timed(taken, moment)) {
            for (double one : now(windows, wearer, sample)) {
                evidence.add(one);
                times.add(seconds(sample) - moment.toMillis() / 1000.0);
            }
        }
        return new Trial(owner, !taken.isEmpty(), array(evidence), array(times), before);
    }

    /// The evidence after a window that the sample completes.
    private static List<Double> now(Windows windows, Wearer wearer, Sample sample) {
        var now = new ArrayList<Double>(1);
        for (var reading : Recording.readings(List.of(sample), Instant.EPOCH)) {
            windows.take(reading, window -> now.add(wearer.take(window)));
        }
        return now;
    }

    private static double seconds(Sample sample) {
        return sample.offset().toMillis() / 1000.0;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(value -> value).toArray();
    }

    /// How long a watch is worn before it is judged.
    double learnedSeconds() {
        var wearer = new Wearer(seed);
        var windows = new Windows();
        for (var sample : samples("s20")) {
            now(windows, wearer, sample);
            if (wearer.judges()) return seconds(sample);
        }
        return Double.POSITIVE_INFINITY;
    }

    /// The heap that a wearer takes who was learned, after a collection.
    long bytesPerWearer() {
        var kept = new ArrayList<Object>();
        var windows = windows("s20");
        long before = usedHeap();
        for (int i = 0; i < 50; i++) {
            var wearer = new Wearer(seed + i);
            windows.forEach(wearer::take);
            kept.add(wearer);
            kept.add(new Windows());
        }
        long after = usedHeap();
        return (after - before) / (kept.size() / 2);
    }

    /// How many windows one core judges in a second.
    long windowsPerSecond() {
        var windows = windows("s20");
        var wearer = new Wearer(seed);
        windows.forEach(wearer::take);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) windows.forEach(wearer::take);
        return Math.round(20 * windows.size() / ((System.nanoTime() - start) / 1e9));
    }

    private List<Windows.Window> windows(String person) {
        var cut = new ArrayList<Windows.Window>();
        var windows = new Windows();
        for (var reading : Recording.readings(samples(person), Instant.EPOCH)) {
            windows.take(reading, cut::add);
        }
        return cut;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc();
        var memory = Runtime.getRuntime();
        return memory.totalMemory() - memory.freeMemory();
    }
}
