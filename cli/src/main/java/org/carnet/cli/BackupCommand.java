// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.backup.BackupKey;
import org.carnet.node.backup.Targets;
import org.carnet.node.external.DirectoryStorage;
import org.carnet.node.external.ExternalStorage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/// Backs a node up, restores it, and finds out beforehand whether that will work.
@Command(
        name = "backup",
        description = "Backs a node up, restores it, and drills that.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            BackupCommand.Key.class,
            BackupRun.class,
            BackupDrill.class,
            BackupList.class,
            BackupRestore.class
        })
final class BackupCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which backup command?");
    }

    /// Makes the secret.
    @Command(
            name = "key",
            description = "Makes the key that seals backups, in a file that only you can read.",
            mixinStandardHelpOptions = true,
            footer =
                    "%nKeep a copy away from the node: without it no backup opens. Who is told the"
                        + " identifier can let the node keep its backup there (hosting.guests).")
    static final class Key implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "Where to write it; it must not exist.")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            var key = BackupKey.create(file, new SecureRandom());
            var out = spec.commandLine().getOut();
            out.println("wrote " + file);
            out.println("identifier  " + key.identity().did());
            return Exit.OK;
        }
    }

    /// Which backup, and what opens it.
    static final class Source {
        @Option(
                names = "--from",
                required = true,
                paramLabel = "DIR|NAME=URL",
                description = "Where the backup lies: a directory, or a node by name and address.")
        private String from = "";

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "The key that seals it.")
        private Path key = Path.of("");

        @Mixin private TrustOptions trust = new TrustOptions();

        BackupKey key() throws IOException {
            return BackupKey.read(key);
        }

        TrustOptions trust() {
            return trust;
        }

        ExternalStorage open() throws IOException {
            var node = from.split("=", 2);
            if (node.length == 1) return new DirectoryStorage(Path.of(from));
            return new Targets(InstantSource.system(), new SecureRandom())
                    .node(node[0], URI.create(node[1]), trust.trust(), key());
        }
    }
}
