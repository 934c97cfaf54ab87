// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.cli.demo.Story;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Shows everything at once, on one machine.
@Command(
        name = "demo",
        description =
                "Real people's watches move avatars in two metaverses, live, and all is verified.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nThree nodes run as processes of their own, with everything under .carnet/demo.",
            "The exit code is 0 only if nothing was lost and everything was verified."
        })
final class Demo implements Callable<Integer> {
    private static final int SHORTEST = 10;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long the watches are worn, 10 or more (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--headless", description = "Ends with the summary instead of staying up.")
    private boolean headless;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes what was found as JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < SHORTEST) {
            throw new CommandFailed(
                    Exit.USAGE, "--seconds " + seconds + " is too short: expected is 10 or more");
        }
        var story =
                new Story(
                        Path.of(".carnet", "demo"),
                        spec.commandLine().getOut(),
                        Optional.ofNullable(System.console())
                                .map(Console::isTerminal)
                                .orElse(false),
                        InstantSource.system());
        var wish =
                new Story.Wish(Duration.ofSeconds(seconds), !headless, Optional.ofNullable(report));
        return story.tell(wish) ? Exit.OK : Exit.CHECK_FAILED;
    }
}
