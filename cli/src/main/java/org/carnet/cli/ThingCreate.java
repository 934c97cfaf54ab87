// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Makes a thing: a key of its own and a Thing Description.
@Command(
        name = "create",
        description = "Makes a key and a Thing Description in a new directory.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = "%nWithout properties it is a watch: acceleration, rotation and activity.")
final class ThingCreate implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            defaultValue = "Watch",
            description = "What people call it (default: ${DEFAULT-VALUE}).")
    private String title = "";

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "ED25519",
            description = "Of its key: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Algorithm algorithm = Algorithm.ED25519;

    @Option(
            names = "--quantity",
            paramLabel = "PROPERTY=UNIT",
            description = "A number it measures, with its unit of the SenML registry.")
    private Map<String, String> quantities = new LinkedHashMap<>();

    @Option(names = "--text", paramLabel = "PROPERTY", description = "A text it tells.")
    private List<String> texts = List.of();

    @Override
    public Integer call() throws IOException {
        var key = SigningKey.generate(algorithm, new SecureRandom());
        var description = ThingDescription.of(key.did(), title);
        if (quantities.isEmpty() && texts.isEmpty()) {
            description = ThingDescription.ofWatch(key.did(), title);
        }
        quantities.forEach(description::quantity);
        texts.forEach(description::text);
        try (var thing = Thing.create(directory, key, description)) {
            spec.commandLine().getOut().println(thing.id());
        }
        return Exit.OK;
    }
}
