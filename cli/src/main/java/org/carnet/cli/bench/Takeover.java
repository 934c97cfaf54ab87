// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.client.Recording;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/// Measures how well a node notices that somebody else wears a watch, on the recordings that come with Carnet.
@Command(
        name = "takeover",
        description = "Measures how well a node notices that another person wears a watch.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nEach of ten people wears the watch until another of the nine puts it on, at several",
            "moments; and each wears it on and on. The detector was tuned on five of them only:",
            "'unseen' are the figures of the other five as owners. The same seed gives the same",
            "figures on any machine."
        })
final class Takeover implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draws the curves as SVG.")
    private Path plot = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "20261120",
            description = "Chooses the moments and the forests (default: ${DEFAULT-VALUE}).")
    private long seed = 20261120;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        var trials = new TakeoverTrials(seed, Runtime.getRuntime().availableProcessors());
        long start = System.nanoTime();
        var results = trials.all();
        var report = JsonNodeFactory.instance.objectNode();
        report.put("seed", seed);
        report.putObject("people").put("all", 10).put("tunedOn", TakeoverTrials.TUNED.size());
        report.set("unseen", figures(TakeoverTrials.UNSEEN, results));
        report.set("tuned", figures(TakeoverTrials.TUNED, results));
        report.set("all", figures(Recording.PEOPLE, results));
        report.putObject("wearer")
                .put("learnedSeconds", trials.learnedSeconds())
                .put("bytes", trials.bytesPerWearer())
                .put("windowsPerSecond", trials.windowsPerSecond());
        report.put("tookSeconds", Math.round((System.nanoTime() - start) / 1e9));
        if (!plot.toString().isEmpty()) Files.writeString(plot, TakeoverPlot.svg(report));
        if (json) spec.commandLine().getOut().println(report.toPrettyString());
        else table(report);
        return 0;
    }

    /// Of the trials with such owners.
    private static ObjectNode figures(List<String> owners, List<TakeoverTrials.Trial> trials) {
        var mine = trials.stream().filter(trial -> owners.contains(trial.owner())).toList();
        var taken = mine.stream().filter(TakeoverTrials.Trial::takenOver).toList();
        var kept = mine.stream().filter(trial -> !trial.takenOver()).toList();
        double hours = kept.stream().mapToDouble(TakeoverTrials.Trial::seconds).sum() / 3600;
        var json = JsonNodeFactory.instance.objectNode();
        json.put("owners", owners.size())
                .put("takeovers", taken.size())
                .put("unchangedRuns", kept.size())
                .put("unchangedHours", rounded(hours));
        figures(json.putObject("stepUp"), TakeoverTrials.STEP_UP, taken, kept, hours);
        json.put("areaUnderCurve", rounded(area(taken, kept)));
        var curve = json.putArray("roc");
        for (int evidence = 5; evidence <= 120; evidence += 5) {
            figures(curve.addObject().put("evidence", evidence), evidence, taken, kept, hours);
        }
        return json;
    }

    private static void figures(
            ObjectNode into,
            double evidence,
            List<TakeoverTrials.Trial> taken,
            List<TakeoverTrials.Trial> kept,
            double hours) {
        var times =
                taken.stream()
                        .mapToDouble(trial -> trial.secondsTo(evidence))
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        long early = taken.stream().filter(trial -> trial.before() >= evidence).count();
        long alarms = kept.stream().filter(trial -> trial.most() >= evidence).count();
        into.put("detectionRate", rounded(times.length / (double) taken.size()))
                .put("falseAlarmRate", rounded(alarms / (double) kept.size()))
                .put("falseAlarmsPerHour", rounded(alarms / hours))
                .put("alarmsBeforeTakeover", early);
        if (times.length > 0) {
            into.putObject("secondsToDetection")
                    .put("p50", rounded(times[times.length / 2]))
                    .put("p90", rounded(times[(int) (times.length * 0.9)]));
        }
    }

    /// How often a takeover has more evidence than an unchanged wearer.
    private static double area(List<TakeoverTrials.Trial> taken, List<TakeoverTrials.Trial> kept) {
        double won = 0;
        for (var one : taken) {
            for (var other : kept) {
                if (one.most() > other.most()) won++;
                else if (one.most() == other.most()) won += 0.5;
            }
        }
        return won / taken.size() / kept.size();
    }

    private void table(ObjectNode report) {
        var out = spec.commandLine().getOut();
        out.println("owners  noticed  median  p90     false alarms an hour");
        for (var group : List.of("unseen", "tuned", "all")) {
            var figures = report.path(group).path("stepUp");
            var time = figures.path("secondsToDetection");
            out.println(
                    "%-7s %5.1f %%  %4.1f s  %4.1f s  %.1f"
                            .formatted(
                                    group,
                                    100 * figures.path("detectionRate").asDouble(),
                                    time.path("p50").asDouble(),
                                    time.path("p90").asDouble(),
                                    figures.path("falseAlarmsPerHour").asDouble()));
        }
        out.println(
                "area under the curve, unseen: %.3f; %d bytes for each wearer"
                        .formatted(
                                report.path("unseen").path("areaUnderCurve").asDouble(),
                                report.path("wearer").path("bytes").asLong()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
