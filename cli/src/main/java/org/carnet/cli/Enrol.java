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

/// Gives this program a key with which it acts for an account of a node.
@Command(
        name = "enrol",
        description = "Makes the key by which other commands act for an account of a node.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nWith the token that the node printed at its first start, it opens the account of the"
                    + " first administrator; the token is void from then on. With a sign-in link"
                    + " that an administrator made, it acts for the account of the link, which is"
                    + " good once:",
            "  carnet enrol --token TOKEN --name alice",
            "  carnet enrol --link 'http://localhost:8400/sign-in#link=SECRET'",
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
            defaultValue = "${env:CARNET_TOKEN}",
            description = "What the node printed at its first start, or set CARNET_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What that account is called, for ever.")
    private @Nullable String name;

    @Option(
            names = "--link",
            paramLabel = "LINK",
            description = "Instead of both: a sign-in link, as its maker gave it.")
    private @Nullable String link;

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
        var out = spec.commandLine().getOut();
        try (var anybody = NodeClient.open(node, trust.trust())) {
            if (link != null && name == null) {
                var key = anybody.join(link, where);
                out.println("the key of " + key.account() + " is " + where);
            } else if (token != null && name != null && link == null) {
                open(anybody, AccountKey.generate(name), token, where);
                out.println(name + " is the administrator; its key is " + where);
            } else {
                throw new CommandFailed(
                        Exit.USAGE,
                        "give --link, or --token with the --name of the account that it opens");
            }
        }
        return Exit.OK;
    }

    private static void open(NodeClient anybody, AccountKey key, String token, Path where)
            throws IOException {
        // Written first: a key that is enrolled and lost would lock everybody out.
        key.write(where);
        try {
            anybody.enrol(key, token);
        } catch (IOException e) {
            Files.delete(where);
            throw e;
        }
    }
}
