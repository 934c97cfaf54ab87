// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.Thing;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Lets a thing feed an avatar.
@Command(
        name = "map",
        description = "Permits the thing to feed one avatar, for a purpose and a time.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingMap implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(names = "--avatar", paramLabel = "ID", required = true, description = "The avatar.")
    private String avatar = "";

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            description = "The avatar's platform: the node itself, unless a peer of it is named.")
    private String platform = "";

    @Option(
            names = "--share",
            paramLabel = "PROPERTY[:PRECISION[:MILLIS]]",
            required = true,
            description = "What may be seen; rounded to a precision, at most once per so many ms.")
    private List<String> shares = List.of();

    @Option(
            names = "--purpose",
            paramLabel = "TEXT",
            defaultValue = "animation",
            description = "What for (default: ${DEFAULT-VALUE}).")
    private String purpose = "";

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            description = "Whose thing it is (default: the account that asks).")
    private @Nullable String owner;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "P30D",
            description = "How long, from now on (ISO 8601, default: ${DEFAULT-VALUE}).")
    private Duration length = Duration.ofDays(30);

    @Override
    public Integer call() throws IOException {
        try (var thing = Thing.open(directory);
                var client = node.open()) {
            var home =
                    platform.isEmpty() ? client.get("api/node").path("name").asString() : platform;
            var body = new LinkedHashMap<String, Object>();
            body.put("thing", thing.id().value());
            body.put("platform", home);
            body.put("avatar", avatar);
            body.put("owner", owner == null ? node.account() : owner);
            body.put("purpose", purpose);
            body.put("shares", shares.stream().map(ThingMap::share).toList());
            body.put("notAfter", Instant.now().plus(length).toString());
            var answer = client.post("api/mappings", body);
            spec.commandLine().getOut().println(answer.path("id").asString());
        }
        return Exit.OK;
    }

    private static Map<String, Object> share(String text) {
        var parts = text.split(":", -1);
        var share = new LinkedHashMap<String, Object>();
        share.put("property", parts[0]);
        try {
            if (parts.length > 1) share.put("precision", Double.parseDouble(parts[1]));
            if (parts.length > 2) share.put("periodMillis", Long.parseLong(parts[2]));
        } catch (NumberFormatException e) {
            throw new CommandFailed(
                    Exit.USAGE,
                    "--share "
                            + text
                            + " is not PROPERTY[:PRECISION[:MILLIS]], such as heart-rate:5:1000");
        }
        return share;
    }
}
