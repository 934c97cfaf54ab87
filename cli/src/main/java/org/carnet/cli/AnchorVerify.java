// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.log.Checkpoint;
import org.carnet.node.anchor.Address;
import org.carnet.node.anchor.Anchor;
import org.carnet.node.anchor.AnchorContract;
import org.carnet.node.storage.LogHistory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.Callable;

/// Checks a log against its anchors, believing the chain and not the log.
@Command(
        name = "verify",
        description = "Checks that a log grew from everything that was anchored of it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nEvery anchor of the log's origin is read back from the chain. From each, the",
            "log must have grown by appending only, up to its newest signed checkpoint.",
            "'carnet verify' checks the rest of a log. The exit code is 0 only if there are",
            "anchors and all of them hold."
        })
final class AnchorVerify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private LogOptions log = new LogOptions();
    @Mixin private ChainOptions chain = new ChainOptions();

    @Option(
            names = "--contract",
            paramLabel = "ADDRESS",
            required = true,
            description = "The contract that keeps the anchors.")
    private String contract = "";

    @Override
    public Integer call() throws IOException {
        return log.open(this::verify);
    }

    private int verify(LogHistory history) throws IOException {
        var origin = history.newest().checkpoint().origin();
        try (var http = HttpClient.newHttpClient()) {
            var there = AnchorContract.at(chain.open(http), new Address(contract));
            var anchors = there.anchors(origin);
            // Read anew: the log may have grown, and been anchored, since it was opened.
            return log.open(later -> verify(later, later.newest().checkpoint(), anchors));
        }
    }

    private int verify(LogHistory history, Checkpoint newest, List<Anchor> anchors)
            throws IOException {
        var out = spec.commandLine().getOut();
        if (anchors.isEmpty()) {
            out.println(newest.origin() + ": FAILED");
            out.println("  the contract has no anchor of it");
            return Exit.CHECK_FAILED;
        }
        for (var anchor : anchors) {
            var earlier = new Checkpoint(newest.origin(), anchor.size(), anchor.root());
            if (history.grewFrom(earlier)) continue;
            out.println(newest.origin() + ": FAILED");
            out.println(
                    "  anchor %d, of %d records in block %d at %s: the log of %d records did not grow from it"
                            .formatted(
                                    anchor.index(),
                                    anchor.size(),
                                    anchor.block(),
                                    anchor.time(),
                                    newest.size()));
            return Exit.CHECK_FAILED;
        }
        var last = anchors.getLast();
        out.println(newest.origin() + ": verified");
        out.println("  records  " + newest.size());
        out.println("  root     " + newest.root());
        out.println(
                "  anchors  %d, the newest of %d records in block %d at %s"
                        .formatted(anchors.size(), last.size(), last.block(), last.time()));
        return Exit.OK;
    }
}
