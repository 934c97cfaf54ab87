// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// Lists what a node has of one sort, as text for people or as the JSON that the node answers.
abstract class Listing implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    private final String things;

    /// @param things what is listed, in the plural
    Listing(String things) {
        this.things = things;
    }

    /// Where the node lists them.
    abstract String path();

    /// Prints one.
    abstract void print(JsonNode one, PrintWriter out);

    /// Where to go on behind what was listed; empty at the end.
    String next(JsonNode listed) {
        return "";
    }

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var client = node.open()) {
            var listed = client.get(path());
            if (json) out.println(listed.toPrettyString());
            else if (listed.isEmpty()) out.println("no " + things);
            else listed.forEach(one -> print(one, out));
            var next = next(listed);
            if (!next.isEmpty())
                spec.commandLine().getErr().println("there may be more " + things + ": " + next);
        }
        return Exit.OK;
    }
}
