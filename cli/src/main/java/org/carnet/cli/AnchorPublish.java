// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.anchor.Address;
import org.carnet.node.anchor.AnchorContract;
import org.carnet.node.storage.LogHistory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.Callable;

/// Anchors the newest checkpoint of a log.
@Command(
        name = "publish",
        description = "Anchors the newest checkpoint of a log, and waits until it is in the chain.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AnchorPublish implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private LogOptions log = new LogOptions();
    @Mixin private ChainOptions chain = new ChainOptions();

    @Option(
            names = "--contract",
            paramLabel = "ADDRESS",
            required = true,
            description = "The contract that keeps the anchors.")
    private String contract = "";

    @Mixin private PayOptions pay = new PayOptions();

    @Override
    public Integer call() throws IOException {
        return log.open(this::publish);
    }

    private int publish(LogHistory history) throws IOException {
        try (var http = HttpClient.newHttpClient()) {
            var there = AnchorContract.at(chain.open(http), new Address(contract));
            var published = pay.on(there.chain()).publish(there, history.newest().note().encode());
            var anchored = published.anchored();
            var out = spec.commandLine().getOut();
            out.println("records      " + anchored.checkpoint().size());
            out.println("transaction  " + anchored.transaction());
            out.println("block        " + anchored.block());
            out.println("gas          " + published.gas());
        }
        return Exit.OK;
    }
}
