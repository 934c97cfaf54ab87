// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;

/// Shows what looked like fraud to a node, and decides about it.
@Command(
        name = "signals",
        description = "Shows what looked like fraud, and lifts or upholds what followed.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            SignalsCommand.Show.class,
            SignalsCommand.Lift.class,
            SignalsCommand.Uphold.class
        })
final class SignalsCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which signals command?");
    }

    /// Lists them.
    @Command(
            name = "list",
            description = "Lists signals with their reasons, newest first.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Show extends Listing {
        private static final int MOST = 100;

        @Option(
                names = "--before",
                paramLabel = "ID",
                description = "Only signals before this one; " + MOST + " are listed at once.")
        private long before = Long.MAX_VALUE;

        Show() {
            super("signals");
        }

        @Override
        String path() {
            return "api/signals?limit=" + MOST + "&before=" + before;
        }

        @Override
        void print(JsonNode signal, PrintWriter out) {
            out.println(
                    "%d  %s  %s, %s  score %.2f"
                            .formatted(
                                    signal.path("id").asLong(),
                                    signal.path("rule").asString(),
                                    signal.path("effect").asString(),
                                    signal.path("state").asString(),
                                    signal.path("joint").asDouble()));
            out.println(
                    "    %s of %s"
                            .formatted(
                                    signal.path("party").asString(),
                                    signal.path("owner").asString()));
            for (var reason : signal.path("reasons")) out.println("    " + reason.asString());
        }

        @Override
        String next(JsonNode listed) {
            if (listed.size() < MOST) return "";
            return "--before " + listed.path(listed.size() - 1).path("id").asLong();
        }
    }

    /// What both decisions need.
    abstract static class Decision implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ID", description = "Which signal, as 'signals list' tells.")
        private long id;

        @Option(
                names = "--why",
                required = true,
                paramLabel = "TEXT",
                description = "The reason; it goes on the record.")
        private String why = "";

        @Mixin private NodeOptions node = new NodeOptions();

        private final String decision;

        Decision(String decision) {
            this.decision = decision;
        }

        @Override
        public Integer call() throws IOException {
            try (var client = node.open()) {
                var signal =
                        client.post(
                                "api/signals/" + id + "/appeal",
                                Map.of("decision", decision, "why", why));
                spec.commandLine()
                        .getOut()
                        .println("signal " + id + " is " + signal.path("state").asString());
            }
            return Exit.OK;
        }
    }

    /// Takes the effect away.
    @Command(
            name = "lift",
            description = "Lifts what followed from a signal, at once.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Lift extends Decision {
        Lift() {
            super("lift");
        }
    }

    /// Lets the effect hold.
    @Command(
            name = "uphold",
            description = "Upholds a signal: its party stays suspended.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Uphold extends Decision {
        Uphold() {
            super("uphold");
        }
    }
}
