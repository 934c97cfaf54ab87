// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.anchor.Account;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

/// Makes an account that can pay for anchors.
@Command(
        name = "account",
        description = "Makes a key, which only its owner can read, and prints its account.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AnchorAccount implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "Where to keep the key.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        var account = Account.create(file, new SecureRandom());
        spec.commandLine().getOut().println(account.address());
        return Exit.OK;
    }
}
