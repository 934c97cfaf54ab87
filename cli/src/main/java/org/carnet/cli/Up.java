// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.Node;
import org.carnet.node.settings.Settings;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// Runs one node until it is told to stop.
@Command(
        name = "up",
        description = "Runs a node: on loopback unless a setting says otherwise.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nSettings also come from the environment, http.port from CARNET_HTTP_PORT.",
            "docs/settings.md lists them all. Ctrl-C or SIGTERM stops the node cleanly."
        })
final class Up implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file of settings (default: every setting as is usual).")
    private @Nullable Path config;

    @Option(
            names = "--until-end-of-input",
            hidden = true,
            description = "Stops when the input ends, as it does when the starting program dies.")
    private boolean untilEndOfInput;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var environment = System.getenv();
        var settings =
                config == null ? Settings.read(environment) : Settings.read(config, environment);
        out.println("Starting node " + settings.name() + " ...");
        var node = Node.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, out), "stop"));
        announce(node, settings, out);
        if (untilEndOfInput) System.in.transferTo(OutputStream.nullOutputStream());
        else new CountDownLatch(1).await();
        return Exit.OK;
    }

    private static void announce(Node node, Settings settings, PrintWriter out) {
        // By name: a browser keeps no passkey for numbers.
        var page = node.url().toString().replace("//127.0.0.1:", "//localhost:");
        out.println("Node " + settings.name() + " is up:");
        out.println("  page   " + page + "/");
        new TreeMap<>(node.ports().all())
                .forEach(
                        (protocol, port) ->
                                out.println("  %-6s port %d".formatted(protocol, port)));
        out.println("  data   " + settings.dataDirectory().toAbsolutePath());
        node.freshToken()
                .ifPresent(
                        token -> {
                            out.println("  token  " + token + " (keep it: it is shown only now)");
                            out.println("Enrol at " + page + "/enrol#token=" + token);
                        });
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    private static void stop(Node node, PrintWriter out) {
        try {
            node.close();
            out.println("Stopped.");
        } catch (IOException e) {
            throw new UncheckedIOException("stopping the node", e);
        } finally {
            out.flush();
        }
    }
}
