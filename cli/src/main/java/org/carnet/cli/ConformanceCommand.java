// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.cli.conformance.W3cConformance;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Suites of others.
@Command(
        name = "conformance",
        description = "Runs conformance suites of others against a node.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ConformanceCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which suite?");
    }

    /// A suite of W3C.
    @Command(
            name = "w3c",
            description =
                    "Runs one of W3C's credential suites against a node that is started for it.",
            footer = {
                "%ndocs/conformance.md says how to install a suite, and explains what fails. The",
                "suite is run a second time against a port where nobody answers, which tells how",
                "many of its tests pass for nothing. Nothing is written into DIR."
            },
            mixinStandardHelpOptions = true)
    int w3c(
            @Option(
                            names = "--suite",
                            paramLabel = "DIR",
                            required = true,
                            description =
                                    "An installed checkout of vc-data-model-2.0-test-suite,"
                                            + " vc-di-eddsa-test-suite or"
                                            + " vc-bitstring-status-list-test-suite.")
                    Path suite,
            @Option(names = "--json", description = "Prints the counts alone, as JSON.")
                    boolean json)
            throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var work = Files.createTempDirectory("carnet-conformance");
        var result = new W3cConformance(work).run(suite);
        if (json) {
            out.println(result.json());
        } else {
            var run = result.run();
            out.printf(
                    "%d passed, %d failed, %d pending; %d pass against a port where nobody"
                            + " answers.%n",
                    run.passed(), run.failed(), run.pending(), result.dead().passed());
            run.failures().forEach(failure -> out.println("  failed: " + failure));
            out.println("  what the suite said is in " + work);
        }
        out.flush();
        return Exit.OK;
    }
}
