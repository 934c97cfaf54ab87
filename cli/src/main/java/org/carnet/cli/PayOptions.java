// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.anchor.Account;
import org.carnet.node.anchor.Chain;
import org.carnet.node.anchor.ChainCommands;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Who pays on the chain, how much at most, and when a block is deep enough.
final class PayOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The key of the account that pays; 'carnet anchor account' makes one.")
    private Path key = Path.of("");

    @Option(
            names = "--confirmations",
            paramLabel = "BLOCKS",
            defaultValue = "1",
            description =
                    "How deep it must lie, its own block included (default: ${DEFAULT-VALUE}).")
    private int confirmations = 1;

    @Option(
            names = "--max-gwei",
            paramLabel = "GWEI",
            defaultValue = "200",
            description = "What a unit of gas may cost at most (default: ${DEFAULT-VALUE}).")
    private int mostGwei = 200;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long to wait for the blocks (default: ${DEFAULT-VALUE}).")
    private int seconds = 600;

    ChainCommands on(Chain chain) throws IOException {
        if (confirmations < 1 || mostGwei < 1 || seconds < 1) {
            throw new CommandFailed(
                    Exit.USAGE, "--confirmations, --max-gwei and --wait are positive");
        }
        return new ChainCommands(
                chain,
                Account.read(key),
                mostGwei,
                confirmations,
                Duration.ofSeconds(seconds),
                InstantSource.system());
    }
}
