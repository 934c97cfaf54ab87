// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;
import org.carnet.client.Thing;

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

/// Gives a thing another key.
@Command(
        name = "rotate",
        description = "Gives the thing another key; the one before is worth nothing from then on.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingRotate implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(
            names = "--owner-says",
            description = "Its owner says so, since the key before is lost, stolen or revoked.")
    private boolean ownerSays;

    @Override
    public Integer call() throws IOException {
        try (var thing = Thing.open(directory);
                var client = ownerSays ? node.open() : node.anybody()) {
            var next = thing.nextKey(new SecureRandom());
            rotate(client, thing, next);
            next.take();
            spec.commandLine().getOut().println("its key is " + next.did());
        }
        return Exit.OK;
    }

    private void rotate(NodeClient client, Thing thing, Thing.NextKey next) throws IOException {
        var name = NodeOptions.name(client);
        var id = NodeClient.part(thing.id().value());
        var possession = next.possession(name, Instant.now());
        if (ownerSays) {
            client.post("api/things/" + id + "/rotate", Map.of("possession", possession));
        } else {
            var consent = next.consent(name, Instant.now());
            var both = Map.of("possession", possession, "consent", consent);
            client.post("things/" + id + "/key", both);
        }
    }
}
