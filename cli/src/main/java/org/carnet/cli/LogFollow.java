// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.identity.Algorithm;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.LogTrust;
import org.carnet.log.NoteSigner;
import org.carnet.node.files.WholeFile;
import org.carnet.node.storage.LogSighting;
import org.carnet.node.storage.LogWatch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/// Follows logs of any make, and finds out the one that takes back what it has signed.
@Command(
        name = "watch",
        description = "Follows logs, and checks each time that they only grew.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nA log that forks, is rewritten or is rolled back ends the command with exit",
            "code 1 and a file of evidence, which 'carnet log check-evidence' checks. A log",
            "that cannot be read now is only told of."
        })
final class LogFollow implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "LOG",
            description =
                    "Directories, or prefixes of URLs; without any, the logs of the policy that"
                            + " have URLs.")
    private List<String> targets = List.of();

    @Mixin private LogTrustOptions signers = new LogTrustOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Remembers what was seen (default: ${DEFAULT-VALUE}).")
    private Path state = Path.of(".carnet", "watch");

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "How long to wait between looks (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(30);

    @Option(names = "--once", description = "Looks once and ends.")
    private boolean once;

    @Mixin private TrustOptions trust = new TrustOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (interval.isNegative() || interval.isZero()) {
            throw new CommandFailed(Exit.USAGE, "the interval must be longer than nothing");
        }
        var logs = new LinkedHashMap<LogTarget, LogWatch>();
        var reporter = reporter();
        try {
            for (var believed : believed().entrySet()) {
                var log = LogTarget.open(believed.getKey(), trust);
                logs.put(
                        log,
                        new LogWatch(log.log(), believed.getValue(), log.name(), state, reporter));
            }
            return follow(logs);
        } finally {
            logs.keySet().forEach(LogTarget::close);
        }
    }

    /// Who says what was seen: a key of this watch, made at its first start.
    private NoteSigner reporter() throws IOException {
        var file = state.resolve("watch.key");
        if (Files.notExists(file)) {
            Files.createDirectories(state);
            var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
            WholeFile.writeSecret(file, KeyFile.write(key));
        }
        return new NoteSigner("carnet-log-watch", KeyFile.read(Files.readString(file)));
    }

    private Map<String, LogTrust> believed() throws IOException {
        if (targets.isEmpty()) return signers.listed();
        var believed = new LinkedHashMap<String, LogTrust>();
        for (var target : targets) believed.put(target, signers.trust());
        return believed;
    }

    private int follow(Map<LogTarget, LogWatch> logs) throws IOException, InterruptedException {
        while (true) {
            var exit = Exit.OK;
            for (var log : logs.entrySet()) {
                var sighting = log.getValue().look(InstantSource.system().instant());
                exit = worse(exit, tell(log.getKey().name(), sighting));
            }
            if (once || exit == Exit.CHECK_FAILED) return exit;
            Thread.sleep(interval);
        }
    }

    /// A contradiction weighs more than a log that cannot be read.
    private static int worse(int one, int other) {
        return one == Exit.CHECK_FAILED || other == Exit.OK ? one : other;
    }

    private int tell(String name, LogSighting sighting) {
        var out = spec.commandLine().getOut();
        int exit =
                switch (sighting) {
                    case LogSighting.First(Checkpoint now) -> {
                        out.println(name + ": seen first with " + now.size() + " entries");
                        yield Exit.OK;
                    }
                    case LogSighting.Same(Checkpoint now) -> {
                        if (once) out.println(name + ": unchanged with " + now.size() + " entries");
                        yield Exit.OK;
                    }
                    case LogSighting.Grew(Checkpoint before, Checkpoint now) -> {
                        out.println(
                                "%s: grew from %d to %d entries"
                                        .formatted(name, before.size(), now.size()));
                        yield Exit.OK;
                    }
                    case LogSighting.Contradiction found -> {
                        out.println(
                                "%s: %s: it signed %d entries with the root %s, and then %d with %s"
                                        .formatted(
                                                name,
                                                found.kind().name().toUpperCase(Locale.ROOT),
                                                found.before().size(),
                                                found.before().root(),
                                                found.now().size(),
                                                found.now().root()));
                        out.println("  evidence " + found.evidence());
                        yield Exit.CHECK_FAILED;
                    }
                    case LogSighting.Unclear(String reason) -> {
                        out.println(name + ": not clear: " + reason);
                        yield Exit.UNAVAILABLE;
                    }
                };
        out.flush();
        return exit;
    }
}
