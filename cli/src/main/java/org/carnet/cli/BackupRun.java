// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/// Has the running node bring its backup up to date.
@Command(
        name = "run",
        description = "Has the running node bring its backup up to date, while it works on.",
        mixinStandardHelpOptions = true)
final class BackupRun implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var client = node.open()) {
            var result = BackupJob.await(client, "api/backup/runs");
            spec.commandLine()
                    .getOut()
                    .println(
                            "backed up %d records in %d parts, %d bytes, as generation %d"
                                    .formatted(
                                            result.path("records").asLong(),
                                            result.path("parts").asLong(),
                                            result.path("bytes").asLong(),
                                            result.path("generation").asLong()));
        }
        return Exit.OK;
    }
}
