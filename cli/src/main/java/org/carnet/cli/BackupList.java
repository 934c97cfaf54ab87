// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.backup.Backup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/// Tells what a backup holds.
@Command(
        name = "list",
        description = "Tells what a backup holds; no node has to run.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BackupList implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private BackupCommand.Source source = new BackupCommand.Source();

    @Override
    public Integer call() throws IOException {
        try (var storage = source.open()) {
            var backup = Backup.open(storage, source.key());
            if (backup.isEmpty()) {
                throw new CommandFailed(Exit.UNAVAILABLE, "no backup at " + storage.place());
            }
            var summary = backup.get().summary();
            var out = spec.commandLine().getOut();
            out.println("backup      " + summary.id());
            out.println("log         " + summary.origin());
            out.println("generation  " + summary.generation() + ", made " + summary.time());
            out.println("records     0 to " + (summary.records() - 1));
            out.println("parts       " + summary.parts() + ", " + summary.bytes() + " bytes");
        }
        return Exit.OK;
    }
}
