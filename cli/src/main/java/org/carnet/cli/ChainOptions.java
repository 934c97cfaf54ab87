// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.anchor.Chain;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;

/// Which chain, and through which of its nodes.
final class ChainOptions {
    @Option(
            names = "--rpc",
            paramLabel = "URL",
            required = true,
            description =
                    "The JSON-RPC endpoint of a node of the chain: https, or http on loopback.")
    private URI rpc = URI.create("");

    @Option(
            names = "--chain",
            paramLabel = "NUMBER",
            description = "Which chain it must be (EIP-155); without it, whichever it is.")
    private @Nullable Long chain;

    Chain open(HttpClient http) throws IOException {
        boolean plain =
                "http".equals(rpc.getScheme())
                        && rpc.getHost() != null
                        && InetAddress.getByName(rpc.getHost()).isLoopbackAddress();
        if (!plain && !"https".equals(rpc.getScheme())) {
            throw new CommandFailed(Exit.USAGE, "--rpc wants an https URL, or http on loopback");
        }
        return chain == null ? Chain.open(rpc, http) : Chain.open(rpc, http, chain);
    }
}
