// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Checkpoints on an EVM chain: what an operator sets up, and what anybody checks.
@Command(
        name = "anchor",
        description = "Keeps checkpoints on an EVM chain, and checks a log against them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AnchorAccount.class,
            AnchorDeploy.class,
            AnchorPublish.class,
            AnchorVerify.class
        },
        footer = {
            "%nFor instance:",
            "  carnet anchor account payer.key",
            "  carnet anchor deploy --rpc URL --key payer.key",
            "  carnet anchor publish .carnet/agora --rpc URL --contract ADDRESS --key payer.key",
            "  carnet anchor verify .carnet/agora --rpc URL --contract ADDRESS",
            "%nA node anchors by itself with the settings anchor.*"
        })
final class AnchorCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what about the anchors?");
    }
}
