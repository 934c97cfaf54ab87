// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.Callable;

/// Makes the contract that keeps anchors.
@Command(
        name = "deploy",
        description = "Makes the contract that keeps checkpoints, for any number of logs.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AnchorDeploy implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ChainOptions chain = new ChainOptions();
    @Mixin private PayOptions pay = new PayOptions();

    @Override
    public Integer call() throws IOException {
        try (var http = HttpClient.newHttpClient()) {
            var there = chain.open(http);
            var deployed = pay.on(there).deploy();
            var out = spec.commandLine().getOut();
            out.println("contract " + deployed.contract());
            out.println("chain    " + there.id());
            out.println("block    " + deployed.block());
            out.println("gas      " + deployed.gas());
        }
        return Exit.OK;
    }
}
