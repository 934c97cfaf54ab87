// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;

/// What the owner does when a device shows a code.
@Command(
        name = "confirm",
        description = "Claims the device that shows this code, for the account that asks.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingConfirm implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CODE", description = "What the device shows.")
    private String code = "";

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(names = "--look", description = "Only tells which device it is.")
    private boolean look;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var client = node.open()) {
            var path = "api/claims/" + NodeClient.part(code);
            var device = client.get(path);
            out.println(
                    "made by %s, serial number %s"
                            .formatted(
                                    device.path("maker").asString(),
                                    device.path("serialNumber").asString()));
            if (look) return Exit.OK;
            out.println("it is yours: " + client.post(path, Map.of()).path("id").asString());
        }
        return Exit.OK;
    }
}
