// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.cli.soak.CrashCampaign;
import org.carnet.node.storage.LogVerdict;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// Long campaigns against whole nodes.
@Command(
        name = "soak",
        description = "Runs campaigns against a node for as long as asked.",
        footer = {
            "",
            "./carnet soak power-cut [--cuts N] [--seed S] cuts the power of a simulated disk at"
                    + " each operation in turn; it needs Maven."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class Soak implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which campaign?");
    }

    /// Kills a node again and again.
    @Command(
            name = "crash",
            description =
                    "Kills a node with SIGKILL while things send, and checks that nothing"
                            + " acknowledged is lost.",
            mixinStandardHelpOptions = true)
    int crash(
            @Option(
                            names = "--kills",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How often (default: 20).")
                    int kills,
            @Option(
                            names = "--seed",
                            paramLabel = "S",
                            defaultValue = "1",
                            description = "Of the moments at which it is killed (default: 1).")
                    long seed,
            @Option(
                            names = "--directory",
                            paramLabel = "DIR",
                            description =
                                    "Where the node works; it must be new (default: a temporary"
                                            + " one).")
                    @Nullable Path directory)
            throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        if (kills < 1) throw new IllegalArgumentException("--kills is a number from 1 on");
        if (directory != null && Files.exists(directory)) {
            throw new IllegalArgumentException(directory + " exists already");
        }
        var place = directory == null ? Files.createTempDirectory("carnet-soak") : directory;
        var result =
                new CrashCampaign(
                                place,
                                kills,
                                seed,
                                InstantSource.system(),
                                line -> {
                                    out.println(line);
                                    out.flush();
                                })
                        .run();
        out.printf(
                "%d kills: %d updates acknowledged, %d lost; the log in %s %s.%n",
                result.kills(),
                result.acknowledged(),
                result.lost(),
                place,
                switch (result.verdict()) {
                    case LogVerdict.Verified ignored -> "verifies";
                    case LogVerdict.Failed failed ->
                            "does not verify: " + failed.place() + ": " + failed.check();
                });
        return result.holds() ? Exit.OK : Exit.CHECK_FAILED;
    }
}
