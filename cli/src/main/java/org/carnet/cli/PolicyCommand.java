// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.policies.PolicyCases;
import org.carnet.node.policies.PolicyFiles;
import org.carnet.node.policies.Question;
import org.carnet.node.policies.RuleBook;
import org.carnet.node.policies.Slices;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// Tests policies of access before a node takes them over, and says what they answer. No node is asked.
@Command(
        name = "policy",
        description = "Tests policies of access, and says what they answer.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PolicyCommand.Test.class, PolicyCommand.Ask.class},
        footer = {
            "%nFor instance:",
            "  carnet policy test .carnet/carnet/policies",
            "  carnet policy ask 'person bob (user) readThing Thing:watch of alice'"
        })
final class PolicyCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which policy command?");
    }

    private static PolicyFiles read(@Nullable Path directory) throws IOException {
        if (directory == null) return PolicyFiles.shipped();
        var files = PolicyFiles.read(directory);
        if (files.policies().isEmpty())
            throw new IllegalArgumentException("there are no policies in " + directory);
        return files;
    }

    /// Checks that a set is valid, and answers as its cases expect.
    @Command(
            name = "test",
            description =
                    "Checks that policies are valid, and answer as their cases expect; a node takes"
                            + " no others over.",
            mixinStandardHelpOptions = true)
    static final class Test implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(
                arity = "0..1",
                paramLabel = "DIR",
                description =
                        "The directory with *.cedar and cases.txt; without it, those that ship are"
                                + " meant.")
        private @Nullable Path directory;

        @Override
        public Integer call() throws IOException {
            var out = spec.commandLine().getOut();
            var files = PolicyCommand.read(directory);
            return switch (files.read()) {
                case RuleBook.Reading.Valid(RuleBook book) -> {
                    out.printf(
                            "%d policies in %d files; %d cases are answered as expected%n",
                            book.rules().size(),
                            files.policies().size(),
                            PolicyCases.parse(files.cases()).size());
                    yield Exit.OK;
                }
                case RuleBook.Reading.Faulty(List<String> faults) -> {
                    faults.forEach(out::println);
                    yield Exit.CHECK_FAILED;
                }
            };
        }
    }

    /// Says what a set answers, and which of its policies decide.
    @Command(
            name = "ask",
            description = "Says what policies answer, and which of them decide.",
            mixinStandardHelpOptions = true,
            footer = {
                "%nA question is written as in cases.txt, for instance:",
                "  visitor readMetrics Node, here",
                "  person bob (user) readAvatar Avatar:walker of alice, for care, asking pulse"
            })
    static final class Ask implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "QUESTION", description = "Who asks for what.")
        private String question = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "DIR",
                description = "The directory with *.cedar; without it, those that ship are meant.")
        private @Nullable Path directory;

        @Override
        public Integer call() throws IOException {
            var asked = asked();
            var policies = PolicyCommand.read(directory).policies();
            var out = spec.commandLine().getOut();
            switch (RuleBook.read(policies)) {
                case RuleBook.Reading.Valid(RuleBook book) -> {
                    var verdict = new Slices(book).ask(asked);
                    out.println(verdict.permitted() ? "permitted" : "refused");
                    if (verdict.by().isEmpty()) out.println("  no policy speaks of it");
                    verdict.by().stream()
                            .flatMap(id -> book.rule(id).stream())
                            .forEach(rule -> out.println("  " + rule.id() + ": " + rule.reason()));
                    return Exit.OK;
                }
                case RuleBook.Reading.Faulty(List<String> faults) ->
                        throw new IllegalArgumentException(String.join("; ", faults));
            }
        }

        private Question asked() {
            try {
                return PolicyCases.question(question);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        spec.commandLine(), "this is no question: " + question, e);
            }
        }
    }
}
