// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.log.MerkleHash;
import org.carnet.log.TlogProof;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;
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

/// Verifies the proof of one entry, offline.
@Command(
        name = "verify-proof",
        description = "Verifies that an entry is in a log, by its proof alone.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = "%nThe exit code is 0 only if the proof holds.")
final class LogVerifyProof implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The proof, as c2sp.org/tlog-proof.")
    private Path file = Path.of("");

    @Mixin private LogTrustOptions signers = new LogTrustOptions();

    @Option(
            names = "--entry",
            paramLabel = "FILE",
            description = "The entry; without it, what the proof itself carries is taken.")
    private @Nullable Path entry;

    @Override
    public Integer call() throws IOException {
        var believed = signers.trust();
        var out = spec.commandLine().getOut();
        var proof = TlogProof.parse(Bytes.unsafe(Files.readAllBytes(file)));
        return switch (believed.verify(proof, MerkleHash.leaf(entry(proof)))) {
            case VerifiedCheckpoint verified -> {
                var checkpoint = verified.checkpoint();
                out.println(file + ": verified");
                out.println("  log      " + checkpoint.origin());
                out.println("  entry    " + proof.index() + " of " + checkpoint.size());
                out.println("  root     " + checkpoint.root());
                yield Exit.OK;
            }
            case Unverified(String reason) -> {
                out.println(file + ": FAILED");
                out.println("  " + reason);
                yield Exit.CHECK_FAILED;
            }
        };
    }

    private Bytes entry(TlogProof proof) throws IOException {
        if (entry != null) return Bytes.unsafe(Files.readAllBytes(entry));
        return proof.extra()
                .orElseThrow(
                        () ->
                                new CommandFailed(
                                        Exit.USAGE,
                                        "the proof does not carry its entry: give --entry"));
    }
}
