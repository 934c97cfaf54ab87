// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Golden text: what a user sees stands in `src/test/resources/golden`, one file per command.
class CommandLineTest {

    static Stream<List<String>> commands() {
        return commandsFrom(Carnet.commandLine(), List.of());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(List<String> command) {
        var arguments = new ArrayList<>(command);
        arguments.add("--help");

        var run = Run.carnet(arguments.toArray(String[]::new));

        assertThat(run.out())
                .isEqualTo(
                        Golden.text(
                                "help"
                                        + command.stream()
                                                .map(w -> "-" + w)
                                                .reduce("", String::concat)
                                        + ".txt"));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isEqualTo(Exit.OK);
    }

    @Test
    void anUnknownCommandIsOneSentenceAndAPointer() {
        var run = Run.carnet("fly");

        assertThat(run.err())
                .isEqualTo("carnet: Unmatched argument at index 0: 'fly'\nSee 'carnet --help'.\n");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void noCommandAtAllIsAnError() {
        var run = Run.carnet();

        assertThat(run.err()).isEqualTo("carnet: which command?\nSee 'carnet --help'.\n");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void theCompletionScriptKnowsEveryCommand() {
        var script = Run.carnet("completion").out();

        assertThat(script)
                .startsWith("#!/usr/bin/env bash")
                .contains("complete -F _complete_carnet");
        assertThat(commands().filter(c -> !c.isEmpty()))
                .allSatisfy(
                        command ->
                                assertThat(script)
                                        .contains(String.join("_", command).replace("-", "")));
    }

    private static Stream<List<String>> commandsFrom(CommandLine at, List<String> path) {
        return Stream.concat(
                Stream.of(path),
                at.getSubcommands().entrySet().stream()
                        .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                        .flatMap(
                                sub -> {
                                    var longer = new ArrayList<>(path);
                                    longer.add(sub.getKey());
                                    return commandsFrom(sub.getValue(), longer);
                                }));
    }
}
