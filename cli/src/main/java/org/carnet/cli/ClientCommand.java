// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;

/// Decides to which platforms and applications people may sign in with their account on a node.
@Command(
        name = "client",
        description = "Lets platforms and applications sign people in with their account here.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            ClientCommand.Create.class,
            ClientCommand.Show.class,
            ClientCommand.Remove.class
        },
        footer = {
            "%nThe node is an OpenID Provider. Nobody is a client of it until an administrator says"
                    + " so:",
            "  carnet client create --id https://arcadia.example --name Arcadia \\",
            "    --redirect https://arcadia.example/back --key arcadia.jwk"
        })
final class ClientCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which client command?");
    }

    /// Registers one.
    @Command(
            name = "create",
            description = "Registers a platform or an application, and prints its identifier.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Create implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Mixin private NodeOptions node = new NodeOptions();

        @Option(
                names = "--name",
                required = true,
                paramLabel = "TEXT",
                description = "What people read when they are asked.")
        private String name = "";

        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "What it calls itself, such as its address; chosen if absent.")
        private @Nullable String id;

        @Option(
                names = "--redirect",
                paramLabel = "URI",
                description = "Where people are sent back to; may be given again.")
        private List<String> redirects = List.of();

        @Option(
                names = "--logout-redirect",
                paramLabel = "URI",
                description = "Where people are sent who have signed out; may be given again.")
        private List<String> farewells = List.of();

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description =
                        "Its public key or keys, as JWK or JWK set; without, it is public: a"
                                + " program that can keep no secret.")
        private @Nullable Path key;

        @Option(
                names = "--scope",
                paramLabel = "WORDS",
                split = ",",
                description =
                        "What it may ask for: openid, profile, carnet (default:"
                                + " ${DEFAULT-VALUE}).")
        private List<String> scopes = List.of("openid");

        @Option(
                names = "--device",
                description =
                        "It runs where nobody can sign in, and shows a code instead; with --scope"
                                + " carnet.")
        private boolean device;

        @Option(names = "--refresh", description = "It may go on when the person has left.")
        private boolean refresh;

        @Option(
                names = "--bearer",
                description = "Its tokens are bound to no key; only for a client with a key.")
        private boolean bearer;

        @Option(
                names = "--id-tokens",
                paramLabel = "ALGORITHM",
                description = "ES256 or EdDSA (default: ${DEFAULT-VALUE}).")
        private String idTokens = "ES256";

        @Option(
                names = "--sector",
                paramLabel = "HOST",
                description =
                        "Clients of one sector know a person by one name (default: the host that"
                                + " all its redirects have, or itself).")
        private @Nullable String sector;

        @Override
        public Integer call() throws IOException {
            var body = new LinkedHashMap<String, Object>();
            if (id != null) body.put("id", id);
            body.put("name", name);
            if (key != null) body.put("keys", keys(key));
            body.put("redirectUris", redirects);
            body.put("postLogoutRedirectUris", farewells);
            body.put("scopes", scopes);
            body.put("device", device);
            body.put("refresh", refresh);
            body.put("dpop", !bearer);
            body.put("idTokenAlgorithm", idTokens);
            if (sector != null) body.put("sector", sector);
            try (var client = node.open()) {
                var made = client.post("api/clients", body);
                spec.commandLine().getOut().println(made.path("id").asString());
            }
            return Exit.OK;
        }

        private static List<JsonNode> keys(Path file) throws IOException {
            try {
                var read = Json.object(Bytes.unsafe(Files.readAllBytes(file)));
                var keys =
                        read.has("keys")
                                ? read.path("keys").valueStream().toList()
                                : List.<JsonNode>of(read);
                // Found out here: a secret that was sent is none any more.
                if (keys.stream().anyMatch(one -> one.has("d") || one.has("k")))
                    throw new CommandFailed(
                            Exit.USAGE, file + " holds a secret key: give the public one");
                return keys;
            } catch (IllegalArgumentException e) {
                throw new CommandFailed(Exit.USAGE, file + " is no JWK: " + e.getMessage());
            }
        }
    }

    /// Lists them.
    @Command(
            name = "list",
            description = "Lists the clients of a node's OpenID Provider.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Show extends Listing {
        Show() {
            super("clients");
        }

        @Override
        String path() {
            return "api/clients";
        }

        @Override
        void print(JsonNode one, PrintWriter out) {
            out.println(
                    "%s  %s, %s"
                            .formatted(
                                    one.path("id").asString(),
                                    one.path("name").asString(),
                                    one.has("keys") ? "with a key" : "public"));
            one.path("redirectUris").forEach(uri -> out.println("    " + uri.asString()));
        }
    }

    /// Ends one.
    @Command(
            name = "remove",
            description = "Removes a client, and ends all that people let it have.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Remove implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ID", description = "Which client, as 'client list' tells.")
        private String id = "";

        @Mixin private NodeOptions node = new NodeOptions();

        @Override
        public Integer call() throws IOException {
            try (var client = node.open()) {
                client.delete("api/clients?id=" + NodeClient.part(id));
            }
            spec.commandLine().getOut().println(id + " is no client any more");
            return Exit.OK;
        }
    }
}
