// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.storage.TlogVerdict;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/// Verifies a whole log of any make.
@Command(
        name = "verify",
        description = "Verifies a whole log: every entry, every tile, the checkpoint.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = "%nThe exit code is 0 only if everything holds.")
final class LogVerify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "LOG", description = "A directory, or the prefix of a URL.")
    private String target = "";

    @Mixin private LogTrustOptions signers = new LogTrustOptions();

    @Option(
            names = "--pruned",
            description = "Accepts that the first entries are not published any more.")
    private boolean pruned;

    @Mixin private TrustOptions trust = new TrustOptions();

    @Override
    public Integer call() throws IOException {
        var believed = signers.trust();
        var out = spec.commandLine().getOut();
        try (var log = LogTarget.open(target, trust)) {
            return switch (log.log().verify(believed, pruned)) {
                case TlogVerdict.Verified verified -> {
                    var checkpoint = verified.checkpoint().checkpoint();
                    out.println(log.name() + ": verified");
                    out.println("  log      " + checkpoint.origin());
                    out.println("  entries  " + checkpoint.size());
                    if (verified.pruned() > 0) {
                        out.println("  pruned   " + verified.pruned() + " of them, the first ones");
                    }
                    out.println("  root     " + checkpoint.root());
                    out.println(
                            "  checked  %d tiles, %d bundles"
                                    .formatted(verified.tiles(), verified.bundles()));
                    yield Exit.OK;
                }
                case TlogVerdict.Failed(String place, String check) -> {
                    out.println(log.name() + ": FAILED");
                    out.println("  " + place + ": " + check);
                    yield Exit.CHECK_FAILED;
                }
            };
        }
    }
}
