// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;

/// Which node to manage, and with what permission.
final class NodeOptions {
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
            description = "The node's bootstrap token, or set CARNET_TOKEN.")
    private @Nullable String token;

    @Mixin private TrustOptions trust = new TrustOptions();

    NodeClient open() throws IOException {
        if (token == null) {
            throw new CommandFailed(
                    Exit.USAGE,
                    "the node wants its bootstrap token: give --token or set CARNET_TOKEN");
        }
        return NodeClient.open(node, trust.trust()).withToken(token);
    }
}
