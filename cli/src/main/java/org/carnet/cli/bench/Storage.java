// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.cli.process.NodeProcess;
import org.carnet.identity.SignatureProvider;
import org.carnet.node.files.DirectoryTree;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// Measures the trustworthy storage: against the limit of the machine, against PostgreSQL, and by the size of the log.
@Command(
        name = "storage",
        description =
                "Measures the storage against the limit of this machine, against PostgreSQL, and by"
                        + " the size of the log.",
        mixinStandardHelpOptions = true)
final class Storage implements Callable<Integer> {
    private static final List<String> PROVIDERS =
            List.of("ACCP", "Conscrypt", "BouncyCastle", "JDK");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Option(names = "--quick", description = "Takes seconds; the figures are rough.")
    private boolean quick;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "On the disk to measure; all is deleted afterwards (default: a new one in"
                            + " /var/tmp, for /tmp is often no disk).")
    private Path directory = base();

    /// Where temporary files may be large and survive a power cut; `/tmp` is memory on many systems, and forcing that costs
    /// nothing.
    static Path base() {
        var large = Path.of("/var/tmp");
        return Files.isWritable(large) ? large : Path.of(System.getProperty("java.io.tmpdir"));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var report = JsonNodeFactory.instance.objectNode();
        Machine.describe(report);
        Files.createDirectories(directory);
        var scratch = Files.createTempDirectory(directory, "carnet-bench");
        try {
            measure(report, scratch);
        } finally {
            DirectoryTree.delete(scratch);
        }
        if (json) spec.commandLine().getOut().println(report.toPrettyString());
        else new StorageTable(spec.commandLine().getOut()).print(report);
        return 0;
    }

    private void measure(ObjectNode report, Path scratch) throws IOException, InterruptedException {
        inProcess(report, scratch);
        say("Appending, in turns with PostgreSQL ...");
        new Yardstick(quick ? 0.3 : 2)
                .measure(report.putObject("postgres"), scratch.resolve("yardstick"));
        say("Generating logs of up to 100 million records, growing them, proving from them ...");
        new Sizes(quick ? 5 : 15, quick ? 20 : 200).measure(report, scratch.resolve("sizes"));
        int records = quick ? 20_000 : 1_000_000;
        say("Filling a log with " + records + " records and starting with it ...");
        new Footprint(scratch.resolve("filled"), records).measure(report);
    }

    /// The provider that nodes use, then the others; each in a process of its own.
    private void inProcess(ObjectNode report, Path scratch)
            throws IOException, InterruptedException {
        var active = SignatureProvider.active().name();
        var main = ratio(active, scratch, true);
        var most = "" + Ingest.WORKERS;
        var workers = main.path("workers");
        report.putObject("limit")
                .put("verifyPerSecond", workers.path(most).at("/limit/verifyPerSecond").asDouble());
        report.putObject("inProcess")
                .put("ratioToLimit", workers.path(most).at("/storage/ratioToLimit").asDouble())
                .put("wholeRatioToLimit", workers.path(most).at("/whole/ratioToLimit").asDouble())
                .set("workers", flat(workers));
        var fallbacks = report.putObject("fallbacks");
        for (var provider : PROVIDERS) {
            if (provider.equals(active)) continue;
            var found = ratio(provider, scratch, false);
            if (!found.isMissingNode())
                fallbacks.putObject(provider).set("workers", flat(found.path("workers")));
        }
    }

    /// The storage path's own figures stand beside the limit and the whole path.
    private static ObjectNode flat(JsonNode workers) {
        var flat = JsonNodeFactory.instance.objectNode();
        workers.forEachEntry(
                (count, figures) -> {
                    var into = flat.putObject(count);
                    into.setAll((ObjectNode) figures.path("storage"));
                    into.set("limit", figures.path("limit"));
                    into.set("whole", figures.path("whole"));
                });
        return flat;
    }

    /// What the process prints; a missing node where the provider does not work on this machine.
    private JsonNode ratio(String provider, Path scratch, boolean main)
            throws IOException, InterruptedException {
        say("Measuring the limit and the path with the signatures of " + provider + " ...");
        var command =
                new ArrayList<>(
                        NodeProcess.program(
                                List.of("-Dcarnet.signatures=" + provider), "bench", "ratio"));
        command.addAll(List.of("--directory", scratch.resolve(provider).toString()));
        command.addAll(List.of("--turns", turns(main), "--warm-up", warmUp(main)));
        command.addAll(List.of("--seconds", quick ? "0.1" : "0.5"));
        var output = Files.createFile(scratch.resolve(provider + ".err"));
        var process = new ProcessBuilder(command).redirectError(output.toFile()).start();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) return JsonMapper.shared().readTree(answer);
        if (main)
            throw new IOException("the measuring process failed: " + Files.readString(output));
        say(provider + " does not work here.");
        return JsonNodeFactory.instance.missingNode();
    }

    private String turns(boolean main) {
        return quick ? "1" : main ? "9" : "3";
    }

    private String warmUp(boolean main) {
        return quick ? "0" : main ? "4" : "2";
    }

    private void say(String line) {
        PrintWriter progress = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        progress.println(line);
        progress.flush();
    }
}
