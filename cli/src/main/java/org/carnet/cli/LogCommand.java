// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a stranger does with a transparency log, whoever made it.
@Command(
        name = "log",
        description =
                "Checks and follows any log in the layout of c2sp.org/tlog-tiles, of Carnet or"
                        + " not.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LogVerify.class,
            LogProve.class,
            LogVerifyProof.class,
            LogFollow.class,
            LogCheckEvidence.class
        },
        footer = {
            "%nA log is a directory or the prefix of its URL. Its key comes from elsewhere:",
            "  carnet log verify https://example.com/log --vkey example.com/log+530d903a+Aeky...",
            "  carnet log watch https://example.com/log --policy policy.txt"
        })
final class LogCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what should be done with the log?");
    }
}
