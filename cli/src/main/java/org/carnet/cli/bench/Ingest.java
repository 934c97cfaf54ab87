// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.cli.process.NodeProcess;
import org.carnet.client.ThingDescription;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Measures how fast updates become durable, against this machine's own limit, in one run.
@Command(
        name = "ingest",
        description = "Measures how fast updates become durable, against this machine's own limit.",
        mixinStandardHelpOptions = true)
final class Ingest implements Callable<Integer> {
    static final long SEED = 20261120;
    static final int WORKERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final int THINGS = 200;
    private static final int MANY_THINGS = 100_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of each timed run (default: 5).")
    private double seconds = 5;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var progress = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        var report = JsonNodeFactory.instance.objectNode();
        Machine.describe(report);
        var directory = Files.createTempDirectory(Storage.base(), "carnet-bench");
        double limit = inProcess(report, directory, progress);
        carriers(report, directory, limit, progress);
        if (json) spec.commandLine().getOut().println(report.toPrettyString());
        else new Table(spec.commandLine().getOut()).print(report);
        return 0;
    }

    /// The limit is measured before and after the path and the better one counts, so that the path gains nothing from
    /// a machine that was busy at first.
    private double inProcess(ObjectNode report, Path directory, PrintWriter progress)
            throws IOException, InterruptedException {
        var clock = InstantSource.system();
        say(progress, "Signing updates, then measuring the limit and the path in process ...");
        var workload = new Workload(SEED, THINGS);
        try (var path = new InProcess(directory.resolve("in-process"))) {
            path.register(workload.keys());
            var load = new Load(worker -> path.path(), WORKERS, 4096);
            var sample = workload.sign(20_000, clock.instant());
            VerifyLimit.perSecond(workload.keys(), sample, WORKERS, 1);
            double before = VerifyLimit.perSecond(workload.keys(), sample, WORKERS, seconds / 2);
            load.fullSpeed(sample);
            var warm = load.fullSpeed(workload.sign((int) (before * seconds / 2), clock.instant()));
            var updates =
                    workload.sign(
                            (int) Math.max(2000, warm.perSecond() * seconds), clock.instant());
            long commits = path.commits();
            long bytes = path.bytesOnDisk();
            long start = System.nanoTime();
            var full = load.fullSpeed(updates);
            double took = (System.nanoTime() - start) / 1e9;
            long fsyncs = Math.round((path.commits() - commits) / took);
            path.settle();
            long perUpdate = (path.bytesOnDisk() - bytes) / updates.size();
            var half =
                    load.atRate(
                            workload.sign(
                                    (int) Math.max(1000, full.perSecond() / 2 * seconds),
                                    clock.instant()),
                            full.perSecond() / 2);
            double after = VerifyLimit.perSecond(workload.keys(), sample, WORKERS, seconds / 2);
            double limit = Math.max(before, after);
            report.putObject("limit").put("verifyPerSecond", limit);
            figures(report.putObject("inProcess"), tree(full), tree(half), limit)
                    .put("fsyncsPerSecond", fsyncs)
                    .put("updateBytes", sample.getFirst().length())
                    .put("bytesOnDiskPerUpdate", perUpdate);
            manyThings(report, path, full.perSecond(), progress);
            return limit;
        }
    }

    /// The same updates again while very many other things are registered.
    private void manyThings(ObjectNode report, InProcess path, double few, PrintWriter progress)
            throws InterruptedException {
        say(progress, "Registering " + MANY_THINGS + " things ...");
        var crowd = new Workload(SEED + 1, MANY_THINGS);
        var memory = path.registerMeasured(crowd.keys());
        var load = new Load(worker -> path.path(), WORKERS, 4096);
        int count = (int) Math.max(2000, few * seconds / 2);
        load.fullSpeed(crowd.sign(MANY_THINGS, InstantSource.system().instant()));
        var full = load.fullSpeed(crowd.sign(count, InstantSource.system().instant()));
        report.putObject("manyThings")
                .put("things", MANY_THINGS)
                .put("perSecond", full.perSecond())
                .put("ratioToFewThings", ratio(full.perSecond(), few))
                .put("heapBytesPerThing", memory.perThing())
                .put("heapBytesPerIdleAvatar", memory.perAvatar());
    }

    private void carriers(ObjectNode report, Path directory, double limit, PrintWriter progress)
            throws IOException, InterruptedException {
        say(progress, "Starting a node and registering " + THINGS + " things ...");
        for (var carrier : List.of("webSocket", "http", "mqtt")) {
            var settings = Map.of("name", "bench", "updates.rate", "1000000", "mqtt.port", "0");
            try (var node = NodeProcess.start(directory.resolve(carrier), settings)) {
                register(node);
                say(progress, "Sending from another process over " + carrier + " ...");
                var process =
                        new ProcessBuilder(
                                        NodeProcess.program(
                                                "bench",
                                                "client",
                                                "--node",
                                                node.url().toString(),
                                                "--mqtt",
                                                "" + node.address("mqtt").getPort(),
                                                "--carrier",
                                                carrier,
                                                "--things",
                                                "" + THINGS,
                                                "--seconds",
                                                "" + seconds))
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start();
                try (var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))) {
                    var full = lines.readLine();
                    var half = lines.readLine();
                    if (process.waitFor() != 0 || half == null)
                        throw new IOException("the sender failed");
                    var json = JsonMapper.shared();
                    figures(
                            report.putObject(carrier),
                            json.readTree(full),
                            json.readTree(half),
                            limit);
                }
            }
        }
    }

    private static void register(NodeProcess node) throws IOException {
        var until = InstantSource.system().instant().plus(Duration.ofDays(1)).toString();
        var shares =
                Workload.PROPERTIES.stream().map(property -> Map.of("property", property)).toList();
        try (var operator = node.operator()) {
            for (var key : new Workload(SEED, THINGS).keys()) {
                var did = key.did().value();
                var description = ThingDescription.ofWatch(key.did(), "sensor").toJson();
                operator.post(
                        "api/things",
                        Map.of("thingDescription", description, "owner", did, "route", "direct"));
                operator.post(
                        "api/mappings",
                        Map.of(
                                "thing", did,
                                "platform", "bench",
                                "avatar", "avatar-" + did.substring(did.length() - 12),
                                "owner", did,
                                "purpose", "benchmark",
                                "shares", shares,
                                "notAfter", until));
            }
        }
    }

    private static ObjectNode figures(ObjectNode into, JsonNode full, JsonNode half, double limit) {
        double perSecond = full.path("perSecond").asDouble();
        into.put("perSecond", perSecond)
                .put("ratioToLimit", ratio(perSecond, limit))
                .put("refused", full.path("refused").asLong() + half.path("refused").asLong());
        into.set("ackMillis", half.path("ackMillis"));
        into.set("ackMillisAtFullLoad", full.path("ackMillis"));
        return into;
    }

    private static JsonNode tree(Load.Result result) {
        return JsonMapper.shared().valueToTree(result);
    }

    private static double ratio(double part, double whole) {
        return Math.round(1000 * part / whole) / 1000.0;
    }

    private static void say(PrintWriter progress, String line) {
        progress.println(line);
        progress.flush();
    }
}
