// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/// Has the running node restore its backup into a scratch place and verify it.
@Command(
        name = "drill",
        description =
                "Has the running node restore its backup into a scratch directory and verify all of"
                        + " it; what came of it goes on the record.",
        mixinStandardHelpOptions = true)
final class BackupDrill implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var client = node.open()) {
            var result = BackupJob.await(client, "api/backup/drills");
            var out = spec.commandLine().getOut();
            if (!result.path("passed").asBoolean(false)) {
                out.println("the drill FAILED");
                out.println("  " + result.path("check").asString());
                return Exit.CHECK_FAILED;
            }
            out.println("the drill passed");
            out.println("  records  " + result.path("verified").asLong());
            out.println("  opened   " + result.path("opened").asLong() + " sealed details");
            out.println("  root     " + result.path("root").asString());
            out.println("  newer    " + result.path("newer").asLong() + " not backed up yet");
        }
        return Exit.OK;
    }
}
