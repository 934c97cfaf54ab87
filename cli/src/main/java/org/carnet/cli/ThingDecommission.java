// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;
import org.carnet.client.Thing;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/// Takes a thing out of service for good.
@Command(
        name = "decommission",
        description = "Takes the thing out of service, for good; its mappings end.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingDecommission implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() throws IOException {
        try (var thing = Thing.open(directory);
                var client = node.open()) {
            var id = NodeClient.part(thing.id().value());
            client.post("api/things/" + id + "/decommission", Map.of());
            spec.commandLine().getOut().println("it is out of service, for good");
        }
        return Exit.OK;
    }
}
