// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.credential.DateTimeStamp;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Has a node certify a platform.
@Command(
        name = "certify",
        description = "Has a node certify a platform, and prints the certification.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nThe platform keeps what is printed (POST /api/certifications/own) and shows it to"
                    + " others,",
            "who believe it if their setting certifiers.accepted names the node that certified."
        })
final class Certify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(
            names = "--platform",
            paramLabel = "DID",
            required = true,
            description = "Who is certified.")
    private String platform = "";

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            required = true,
            description = "basic, substantial or high.")
    private String level = "";

    @Option(
            names = "--scope",
            paramLabel = "WORDS",
            split = ",",
            required = true,
            description = "For what, in words with commas between them, such as crossing.")
    private List<String> scope = List.of();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "For how long (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofDays(365);

    @Override
    public Integer call() throws IOException {
        var until = DateTimeStamp.of(InstantSource.system().instant().plus(time));
        try (var client = node.open()) {
            var answer =
                    client.post(
                            "api/certifications",
                            Map.of(
                                    "platform", platform,
                                    "level", level,
                                    "scope", scope,
                                    "validUntil", until));
            var out = spec.commandLine().getOut();
            out.println(answer.path("jwt").asString());
            spec.commandLine()
                    .getErr()
                    .println("certified until " + until + " as " + answer.path("id").asString());
        }
        return Exit.OK;
    }
}
