// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which node to manage, and for which account.
final class NodeOptions {
    @Option(
            names = "--node",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8400",
            description = "The node (default: ${DEFAULT-VALUE}).")
    private URI node = URI.create("http://127.0.0.1:8400");

    @Option(
            names = "--as",
            paramLabel = "FILE",
            defaultValue = "${env:CARNET_KEY}",
            description =
                    "The key of the account that asks, or set CARNET_KEY (default:"
                            + " ~/.carnet/account.key).")
    private @Nullable Path key;

    @Mixin private TrustOptions trust = new TrustOptions();

    NodeClient open() throws IOException {
        return anybody().as(key());
    }

    /// The account that asks.
    String account() throws IOException {
        return key().account();
    }

    private AccountKey key() throws IOException {
        var file = key == null ? usualKey() : key;
        if (Files.notExists(file)) {
            throw new CommandFailed(
                    Exit.USAGE,
                    "the node wants the key of an account: './carnet enrol' makes one, --as or"
                            + " CARNET_KEY names it");
        }
        return AccountKey.read(file);
    }

    /// For what needs no account.
    NodeClient anybody() throws IOException {
        return NodeClient.open(node, trust.trust());
    }

    /// What the node is called, as it tells everybody.
    static String name(NodeClient node) throws IOException {
        return node.get("sign-in/session").path("node").asString();
    }

    /// Where a key is looked for, and written, if nobody says.
    static Path usualKey() {
        return Path.of(System.getProperty("user.home"), ".carnet", "account.key");
    }
}
