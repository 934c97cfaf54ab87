// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.storage.LogDamaged;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// Makes the proof of one entry from what a log publishes.
@Command(
        name = "prove",
        description = "Writes the proof that an entry is in a log, as c2sp.org/tlog-proof.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LogProve implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "LOG", description = "A directory, or the prefix of a URL.")
    private String target = "";

    @Parameters(paramLabel = "INDEX", description = "Which entry, the first one being 0.")
    private long index;

    @Mixin private LogTrustOptions signers = new LogTrustOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the proof instead of to the terminal.")
    private @Nullable Path output;

    @Mixin private TrustOptions trust = new TrustOptions();

    @Override
    public Integer call() throws IOException {
        var believed = signers.trust();
        try (var log = LogTarget.open(target, trust)) {
            var proof = log.log().prove(index, believed).encode();
            if (output != null) {
                Files.write(output, proof.toArray());
            } else {
                spec.commandLine().getOut().print(proof.toUtf8());
                spec.commandLine().getOut().flush();
            }
            return Exit.OK;
        } catch (LogDamaged damaged) {
            throw new CommandFailed(Exit.CHECK_FAILED, damaged.place() + ": " + damaged.check());
        }
    }
}
