// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;
import org.carnet.client.Thing;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/// Says that a thing is lost, or found, or that its key must not be believed any more.
@Command(
        name = "lost",
        description = "Reports the thing lost: nothing that it sends is taken.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingLost implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private NodeOptions node = new NodeOptions();

    @ArgGroup private Instead instead = new Instead();

    /// What may be said instead.
    private static final class Instead {
        @Option(names = "--found", description = "It is found: it goes on with its key.")
        private boolean found;

        @Option(
                names = "--revoke",
                description = "Its key is stolen: revoke it until 'thing rotate --owner-says'.")
        private boolean revoke;

        private String act() {
            return found ? "found" : revoke ? "revoke" : "lost";
        }

        private String outcome() {
            if (found) return "it is found, and heard again";
            return revoke
                    ? "its key is revoked: 'carnet thing rotate --owner-says' gives it another"
                    : "it is lost: nothing that it sends is taken until it is found";
        }
    }

    @Override
    public Integer call() throws IOException {
        try (var thing = Thing.open(directory);
                var client = node.open()) {
            var path = "api/things/" + NodeClient.part(thing.id().value()) + "/" + instead.act();
            client.post(path, Map.of());
            spec.commandLine().getOut().println(instead.outcome());
        }
        return Exit.OK;
    }
}
