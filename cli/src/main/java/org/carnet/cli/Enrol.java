// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// Opens the first administrator's account of a node, by a key that this program makes.
@Command(
        name = "enrol",
        description = "Opens the account of a node's first administrator, with a key of its own.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nThe token that the node printed at its first start is void from then on.",
            "Other commands take the key with --as FILE or from CARNET_KEY."
        })
final class Enrol implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--node",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8400",
            description = "The node (default: ${DEFAULT-VALUE}).")
    private URI node = URI.create("http://127.0.0.1:8400");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            required = true,
            defaultValue = "${env:CARNET_TOKEN}",
            description = "What the node printed at its first start, or set CARNET_TOKEN.")
    private String token = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "What the account is called, for ever.")
    private String name = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Where to write the key (default: ~/.carnet/account.key).")
    private @Nullable Path file;

    @Mixin private TrustOptions trust = new TrustOptions();

    @Override
    public Integer call() throws IOException {
        var where = file == null ? NodeOptions.usualKey() : file;
        if (Files.exists(where)) {
            throw new CommandFailed(Exit.USAGE, where + " is there already: give --key");
        }
        var key = AccountKey.generate(name);
        // Written first: a key that is enrolled and lost would lock everybody out.
        key.write(where);
        try (var anybody = NodeClient.open(node, trust.trust())) {
            anybody.enrol(key, token);
        } catch (IOException e) {
            Files.delete(where);
            throw e;
        }
        spec.commandLine().getOut().println(name + " is the administrator; its key is " + where);
        return Exit.OK;
    }
}
