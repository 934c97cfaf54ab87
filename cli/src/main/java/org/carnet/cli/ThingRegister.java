// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.Thing;
import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;

/// Makes a thing known to a node.
@Command(
        name = "register",
        description = "Registers the thing with a node.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingRegister implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            description = "Whose thing it is (default: the account that asks).")
    private @Nullable String owner;

    @Option(
            names = "--gateway",
            paramLabel = "DID",
            description = "The gateway it goes through; without one it sends directly.")
    private @Nullable String gateway;

    @Override
    public Integer call() throws IOException {
        try (var thing = Thing.open(directory);
                var client = node.open()) {
            var body = new LinkedHashMap<String, Object>();
            body.put("thingDescription", thing.description());
            body.put("owner", owner == null ? node.account() : owner);
            body.put("route", gateway == null ? "direct" : "gateway");
            if (gateway != null) body.put("gateway", DidKey.parse(gateway).value());
            var answer = client.post("api/things", body);
            spec.commandLine()
                    .getOut()
                    .println("registered as record " + answer.path("record").asLong());
        }
        return Exit.OK;
    }
}
