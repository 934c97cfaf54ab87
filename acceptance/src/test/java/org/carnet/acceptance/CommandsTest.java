// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.demo.Maker;
import org.carnet.cli.process.NodeProcess;
import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Owners and an administrator with the command line alone, each command and the node a process of its own.
final class CommandsTest {
    private static final List<String> SHORT =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir static Path home;
    private static NodeProcess node;
    private static NodeClient operator;
    private static Maker maker;

    @BeforeAll
    static void start() throws Exception {
        maker = new Maker(new SecureRandom(), Instant.now());
        var makers = maker.writeAuthority(home.resolve("makers.pem"));
        node =
                NodeProcess.start(
                        home.resolve("node"),
                        Map.of("name", "agora", "makers.authorities", makers.toString()));
        operator = node.operator();
        enrol("ada");
        var used = enrol("ben");
        says(4, "This link was used before", anybody("enrol", "--link", used, "--key", "x.key"));
        assertThat(Files.exists(home.resolve("x.key"))).isFalse();
    }

    @AfterAll
    static void stop() {
        operator.close();
        node.close();
    }

    /// An account that the operator opens; whoever has its link makes themselves a key.
    ///
    /// @return the link, which is good no more
    private static String enrol(String name) throws IOException {
        operator.post("api/accounts", Map.of("name", name, "roles", List.of("user")));
        var link = operator.post("api/accounts/" + name + "/sign-in-links", Map.of());
        var text = node.url() + link.path("path").asString();
        var key = name + ".key";
        assertThat(anybody("enrol", "--link", text, "--key", key).said())
                .isEqualTo("the key of " + name + " is " + key + "\n");
        assertThat(AccountKey.read(home.resolve(key)).account()).isEqualTo(name);
        return text;
    }

    private static List<String> command(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--node");
        all.add(node.url().toString());
        return NodeProcess.program(SHORT, all.toArray(String[]::new));
    }

    private static ForeignProgram alone(String... arguments) throws IOException {
        return ForeignProgram.run(home, Map.of(), NodeProcess.program(SHORT, arguments));
    }

    private static ForeignProgram anybody(String... arguments) throws IOException {
        return ForeignProgram.run(home, Map.of(), command(arguments));
    }

    private static ForeignProgram as(String name, String... arguments) throws IOException {
        var key = name.equals("operator") ? "node/operator.key" : name + ".key";
        var environment = Map.of("CARNET_KEY", home.resolve(key).toString());
        return ForeignProgram.run(home, environment, command(arguments));
    }

    private static void says(int exit, String sentence, ForeignProgram ran) {
        assertThat(ran.said()).contains(sentence);
        assertThat(ran.exit()).as(ran.said()).isEqualTo(exit);
    }

    private static ForeignProgram send(String thing) throws IOException {
        var to = node.url().toString();
        return alone("thing", "send", thing, "acceleration-x=1.5:m/s2", "--to", to);
    }

    private static String[] attest(String thing) {
        return new String[] {
            "thing", "claim", thing, "--chain", "device.pem", "--device-key", "device.jwk"
        };
    }

    /// Lets a device be claimed: it shows a code and waits, an owner says the code.
    private static void claim(String thing, String owner) throws Exception {
        var shown = home.resolve(thing + ".shown");
        var waiting =
                new ProcessBuilder(command(attest(thing)))
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(shown.toFile())
                        .start();
        try {
            var code =
                    Waiting.until(() -> codeIn(Files.readString(shown)), "a device shows a code");
            assertThat(code).matches("[A-Z]{4}-[A-Z]{4}");
            says(
                    0,
                    "made by CN=Watchmaker, serial number W-7\n",
                    as(owner, "thing", "confirm", code, "--look"));
            says(4, "no device shows this code", as(owner, "thing", "confirm", "BBBB-BBBB"));
            says(0, "it is yours: did:key:", as(owner, "thing", "confirm", code));
            assertThat(waiting.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting.exitValue()).isZero();
            assertThat(Files.readString(shown)).endsWith("\nclaimed\n");
            says(4, "no device shows this code", as(owner, "thing", "confirm", code));
        } finally {
            waiting.destroyForcibly();
        }
    }

    private static @Nullable String codeIn(String shown) {
        return shown.contains("carnet thing confirm") ? shown.lines().findFirst().get() : null;
    }

    @Test
    void aWatchGoesFromItsBoxThroughTwoHandsToItsEnd() throws Exception {
        var device = maker.device("W-7");
        Files.writeString(home.resolve("device.pem"), Maker.pem(device.certificate()));
        Files.writeString(home.resolve("device.jwk"), KeyFile.write(device.key()));
        for (var thing : List.of("watch", "copy"))
            says(0, "did:key:", alone("thing", "create", thing));
        claim("watch", "ada");
        says(4, "this device was claimed here before", anybody(attest("copy")));

        says(
                0,
                "-",
                as("ada", "thing", "map", "watch", "--avatar", "ada", "--share", "acceleration-x"));
        says(0, "durable as record", send("watch"));
        says(0, "its key is did:key:", anybody("thing", "rotate", "watch"));
        says(0, "durable as record", send("watch"));

        says(4, "No policy permits this to you.", as("ben", "thing", "lost", "watch"));
        says(0, "it is lost: nothing that it sends is taken", as("ada", "thing", "lost", "watch"));
        says(4, "suspended: its owner reported it lost", send("watch"));
        says(4, "suspended: its owner reported it lost", anybody("thing", "rotate", "watch"));
        says(0, "it is found, and heard again", as("ada", "thing", "lost", "watch", "--found"));
        says(0, "its key is revoked", as("ada", "thing", "lost", "watch", "--revoke"));
        says(4, "revoked-key", anybody("thing", "rotate", "watch"));
        says(0, "its key is did:key:", as("ada", "thing", "rotate", "watch", "--owner-says"));
        says(0, "durable as record", send("watch"));

        var offered = as("ada", "thing", "hand-over", "watch", "--to", "ben");
        says(0, "tell it to ben, who takes the thing over by ", offered);
        var code = offered.said().lines().findFirst().orElseThrow();
        says(
                4,
                "nothing is handed over to you by this code",
                as("ada", "thing", "hand-over", "watch", "--code", code));
        says(
                0,
                "it is yours; its key is did:key:",
                as("ben", "thing", "hand-over", "watch", "--code", code));
        says(4, "unmapped-property", send("watch"));
        says(4, "No policy permits this to you.", as("ada", "thing", "decommission", "watch"));
        says(0, "it is out of service, for good", as("ben", "thing", "decommission", "watch"));
        says(4, "decommissioned", send("watch"));
        says(
                4,
                "the thing was taken out of service for good",
                as("ben", "thing", "decommission", "watch"));
    }

    @Test
    void anAdministratorLetsAClientInAndOutAgain() throws Exception {
        var id = "https://arcadia.example";
        var secret = SigningKey.generate(Algorithm.P256, new SecureRandom());
        Files.writeString(home.resolve("secret.jwk"), KeyFile.write(secret));
        var open = JsonMapper.shared().writeValueAsString(Jwk.members(secret.did()));
        Files.writeString(home.resolve("arcadia.jwk"), open);

        says(4, "No policy permits this to you.", as("ada", "client", "list"));
        says(0, "no clients\n", as("operator", "client", "list"));
        says(2, "secret.jwk holds a secret key: give the public one", create(id, "secret.jwk"));
        says(0, id + "\n", create(id, "arcadia.jwk"));
        says(4, "Another client has this identifier.", create(id, "arcadia.jwk"));
        says(
                0,
                id + "  Arcadia, with a key\n    " + id + "/back\n",
                as("operator", "client", "list"));
        var listed = as("operator", "client", "list", "--json").said();
        assertThat(JsonMapper.shared().readTree(listed).path(0).path("id").asString())
                .isEqualTo(id);
        says(4, "No policy permits this to you.", as("ada", "client", "remove", id));
        says(0, id + " is no client any more\n", as("operator", "client", "remove", id));
        says(4, "No client has this identifier.", as("operator", "client", "remove", id));
    }

    private static ForeignProgram create(String id, String key) throws IOException {
        return as(
                "operator",
                "client",
                "create",
                "--id",
                id,
                "--name",
                "Arcadia",
                "--redirect",
                id + "/back",
                "--key",
                key);
    }
}
