// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.ErasureReceipt;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// Verifies an erasure receipt without the node.
@Command(
        name = "verify",
        description = "Verifies an erasure receipt, offline.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ForgetVerify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1", paramLabel = "RECEIPT", description = "The file with the receipt.")
    private Path file = Path.of("");

    @Option(
            names = "--vkey",
            paramLabel = "KEY",
            required = true,
            description = "A key of the node's log, known from elsewhere; once for each it has.")
    private List<String> keys = List.of();

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Checks that this is who was forgotten.")
    private @Nullable String subject;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var log = new LogVerifier(keys.stream().map(NoteVerifier::parse).toList());
        var verdict = ErasureReceipt.verify(Files.readString(file), log);
        int exit = Forget.show(verdict, out);
        if (subject == null || !(verdict instanceof ErasureReceipt.Verified verified)) return exit;
        if (verified.receipt().subject().is(subject)) {
            out.println("  subject    it is the one asked about");
            return exit;
        }
        out.println("FAILED: the receipt is about somebody else");
        return Exit.CHECK_FAILED;
    }
}
