// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.identity.SignatureProvider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Measures one signature provider in a process of its own: its limit, and the paths against that, with one worker and
/// with as many as there are processors.
///
/// Limit and paths take turns, a fraction of a second each, and the ratio is the median of those of the turns: a machine
/// that other programs share is as slow for the one as for the other.
@Command(name = "ratio", hidden = true, description = "One signature provider of a benchmark.")
final class Ratio implements Callable<Integer> {
    private static final int THINGS = 200;
    private static final int IN_FLIGHT = 4096;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--directory", required = true)
    private Path directory = Path.of("");

    @Option(names = "--turns", required = true)
    private int turns;

    @Option(names = "--warm-up", required = true)
    private int warmUp;

    @Option(names = "--seconds", required = true)
    private double seconds;

    private final InstantSource clock = InstantSource.system();

    /// What one turn found.
    private record Turn(Speed limit, Speed storage, Speed whole) {}

    /// @param micros of processor time of this process for each update
    private record Speed(double perSecond, double micros) {}

    /// Prints one line of JSON.
    @Override
    public Integer call() throws IOException, InterruptedException {
        var report = JsonNodeFactory.instance.objectNode();
        report.put("signatures", SignatureProvider.active().name());
        var workers = report.putObject("workers");
        var workload = new Workload(Ingest.SEED, THINGS);
        try (var storage = new StoragePath(directory.resolve("storage"));
                var whole = new InProcess(directory.resolve("whole"))) {
            whole.register(workload.keys());
            for (int count : counts())
                measure(workers.putObject("" + count), workload, count, storage, whole);
        }
        spec.commandLine().getOut().println(report);
        return 0;
    }

    private static List<Integer> counts() {
        return Ingest.WORKERS == 2 ? List.of(1, 2) : List.of(1, 2, Ingest.WORKERS);
    }

    private void measure(
            ObjectNode into, Workload workload, int workers, StoragePath storage, InProcess whole)
            throws IOException, InterruptedException {
        double guess = 2000;
        var found = new ArrayList<Turn>();
        for (int i = 0; i < warmUp + turns; i++) {
            int count = (int) Math.max(1000, guess * seconds);
            var updates = workload.sign(count, clock.instant());
            storage.prepare(workload.keys(), updates);
            var turn =
                    new Turn(
                            limit(workload, updates, workers),
                            speed(storage.path(), updates, workers),
                            speed(whole.path(), updates, workers));
            // Each turn starts with a tree that is as high as the log.
            storage.settle();
            whole.settle();
            if (i >= warmUp) found.add(turn);
            guess = turn.whole.perSecond;
        }
        tell(into, found);
    }

    private Speed limit(Workload workload, List<Bytes> updates, int workers)
            throws InterruptedException {
        long before = Processor.nanos();
        var perSecond = VerifyLimit.perSecond(workload.keys(), updates, workers, seconds);
        return new Speed(perSecond, Processor.micros(before, perSecond * seconds));
    }

    private static Speed speed(Load.Path path, List<Bytes> updates, int workers)
            throws InterruptedException {
        var load = new Load(worker -> path, workers, IN_FLIGHT);
        long before = Processor.nanos();
        var result = load.fullSpeed(updates);
        if (result.refused() > 0) throw new IllegalStateException("good updates were refused");
        return new Speed(result.perSecond(), Processor.micros(before, updates.size()));
    }

    private static void tell(ObjectNode into, List<Turn> turns) {
        into.putObject("limit")
                .put("verifyPerSecond", median(turns, turn -> turn.limit.perSecond))
                .put("cpuMicros", median(turns, turn -> turn.limit.micros));
        tell(into.putObject("storage"), turns, Turn::storage);
        tell(into.putObject("whole"), turns, Turn::whole);
    }

    private static void tell(ObjectNode into, List<Turn> turns, Function<Turn, Speed> path) {
        into.put("perSecond", median(turns, turn -> path.apply(turn).perSecond))
                .put(
                        "ratioToLimit",
                        median(turns, turn -> path.apply(turn).perSecond / turn.limit.perSecond))
                .put("cpuMicros", median(turns, turn -> path.apply(turn).micros))
                .put(
                        "cpuRatioToLimit",
                        median(turns, turn -> turn.limit.micros / path.apply(turn).micros));
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        var sorted = turns.stream().mapToDouble(figure).sorted().toArray();
        return Math.round(1000 * sorted[sorted.length / 2]) / 1000.0;
    }
}
