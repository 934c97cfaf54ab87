// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Benchmarks on this machine.
@Command(
        name = "bench",
        description = "Measures this machine's own limit and the real path in one run.",
        synopsisSubcommandLabel = "NAME",
        mixinStandardHelpOptions = true,
        subcommands = {
            Ingest.class,
            Storage.class,
            Identity.class,
            Takeover.class,
            CarrierClient.class,
            Ratio.class
        })
public final class Bench implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which benchmark?");
    }
}
