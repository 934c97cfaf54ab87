// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;
import org.carnet.client.Thing;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;

/// Hands a thing over from one owner to the next; both have to say so.
@Command(
        name = "hand-over",
        description = "Offers the thing to another account, or takes it over from one.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = "%nWho takes it over gives it a new key; nothing of its past comes along.")
final class ThingHandOver implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private NodeOptions node = new NodeOptions();

    @ArgGroup(multiplicity = "1")
    private Side side = new Side();

    /// Which of the two says so.
    private static final class Side {
        @Option(
                names = "--to",
                paramLabel = "NAME",
                description = "The account of the next owner; prints the code to give them.")
        private @Nullable String to;

        @Option(
                names = "--code",
                paramLabel = "CODE",
                description = "Takes the thing over, for the account of --as.")
        private @Nullable String code;
    }

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var thing = Thing.open(directory);
                var client = node.open()) {
            if (side.to != null) {
                var path = "api/things/" + NodeClient.part(thing.id().value()) + "/hand-over";
                var offer = client.post(path, Map.of("to", side.to));
                out.println(offer.path("code").asString());
                spec.commandLine()
                        .getErr()
                        .println(
                                "tell it to %s, who takes the thing over by %s: carnet thing hand-over %s --code CODE"
                                        .formatted(
                                                side.to,
                                                offer.path("until").asString(),
                                                directory));
            } else if (side.code != null) {
                var next = thing.nextKey(new SecureRandom());
                var possession = next.possession(NodeOptions.name(client), Instant.now());
                var body = Map.of("code", side.code, "possession", possession);
                client.post("api/hand-overs", body);
                next.take();
                out.println("it is yours; its key is " + next.did());
            }
        }
        return Exit.OK;
    }
}
