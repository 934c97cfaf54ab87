// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.Carnet;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.envelope.Form;
import org.carnet.node.Node;
import org.carnet.node.files.DirectoryTree;
import org.carnet.node.storage.NodeKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Nodes lose their disks, and come back from what lies elsewhere.
final class RecoveryTest {
    private static final String NO_BACKUP_BY_ITSELF = "PT24H";

    @TempDir Path home;

    /// What was acknowledged: the record, and the value that was sent.
    private final Map<Long, Double> acknowledged = new TreeMap<>();

    /// What the command line answered.
    private record Run(int exit, String said) {}

    private static Run carnet(String... arguments) {
        var said = new StringWriter();
        var exit =
                new CommandLine(new Carnet())
                        .setOut(new PrintWriter(said, true))
                        .setErr(new PrintWriter(said, true))
                        .execute(arguments);
        return new Run(exit, said.toString());
    }

    private void send(Metaverse agora, int count) throws Exception {
        try (var stream = agora.operator.stream(64)) {
            for (int i = 0; i < count; i++) {
                double value = acknowledged.size() + 1;
                var ack = stream.send(agora.pack(Form.JWS_SENML_JSON, value)).get();
                acknowledged.put(((Ack.Durable) ack).record(), value);
            }
        }
    }

    private void assertNothingIsLost(NodeClient operator) throws IOException {
        for (var one : acknowledged.entrySet()) {
            var record = operator.get("api/records/" + one.getKey());
            assertThat(record.path("kind").asString()).isEqualTo("received");
            assertThat(record.path("details").path("envelope").isString()).isTrue();
        }
        assertThat(operator.get("avatars/" + Metaverse.AVATAR + "/properties/acceleration-x"))
                .asString()
                .contains(String.valueOf(acknowledged.values().stream().reduce(0.0, Math::max)));
    }

    private void loseTheDisk() throws IOException {
        DirectoryTree.delete(home.resolve("agora"));
        DirectoryTree.delete(home.resolve("agora.database"));
    }

    private static void backUp(Metaverse agora) {
        var run = carnet("backup", "run", "--node", agora.node.url() + "", "--as", agora.key + "");
        assertThat(run.exit()).as(run.said()).isZero();
    }

    private Path configuration(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(settings);
        all.putIfAbsent("name", "agora");
        all.putIfAbsent("data.directory", home.resolve("agora").toString());
        var text = new StringBuilder();
        all.forEach((name, value) -> text.append(name + "=" + value + "\n"));
        return Files.writeString(home.resolve("agora.properties"), text);
    }

    @Test
    void aNodeComesBackFromItsBackupInADirectoryAndGoesOn() throws Exception {
        var key = home.resolve("backup.key");
        assertThat(carnet("backup", "key", key.toString()).said()).contains("did:key:z6Mk");
        var target = home.resolve("backup");
        var settings =
                Map.of(
                        "backup.target",
                        "directory:" + target,
                        "backup.key",
                        key.toString(),
                        "backup.interval",
                        NO_BACKUP_BY_ITSELF);
        try (var agora = Metaverse.start(home, settings)) {
            send(agora, 100);
            backUp(agora);
            send(agora, 50);
            backUp(agora);
            var drill =
                    carnet(
                            "backup",
                            "drill",
                            "--node",
                            agora.node.url() + "",
                            "--as",
                            agora.key + "");
            assertThat(drill.said()).contains("the drill passed").doesNotContain("opened   0");
            assertThat(drill.exit()).isZero();
            assertThat(agora.operator.get("api/records?kind=drilled").path("records")).hasSize(1);
            assertTamperedDrillFails(agora, target);
        }
        loseTheDisk();
        var listed = carnet("backup", "list", "--from", target + "", "--key", key + "");
        assertThat(listed.said()).contains("carnet.local/agora");
        var restore =
                carnet(
                        "backup",
                        "restore",
                        "--from",
                        target + "",
                        "--key",
                        key + "",
                        "--config",
                        configuration(settings) + "",
                        "--accept-loss");
        assertThat(restore.said()).contains("A node can go on with it.");
        try (var again = Node.start(Metaverse.settings(home, settings));
                var operator = Metaverse.operator(again, home.resolve("operator.key"))) {
            assertNothingIsLost(operator);
            assertThat(operator.get("api/records?kind=restored").path("records")).hasSize(1);
        }
        assertThat(carnet("verify", "--open", home.resolve("agora") + "").said())
                .contains(": verified");
    }

    private static void assertTamperedDrillFails(Metaverse agora, Path target) throws IOException {
        try (var files = Files.list(target)) {
            for (var file : files.toList()) {
                var good = Files.readAllBytes(file);
                var bad = good.clone();
                bad[good.length / 2] ^= 1;
                Files.write(file, bad);
                var drill =
                        carnet(
                                "backup",
                                "drill",
                                "--node",
                                agora.node.url() + "",
                                "--as",
                                agora.key + "");
                assertThat(drill.said()).contains("FAILED", file.getFileName() + "");
                assertThat(drill.exit()).isEqualTo(1);
                Files.write(file, good);
            }
        }
    }

    @Test
    void aNodeComesBackFromItsBackupAtAnotherNodeThatCannotReadIt() throws Exception {
        var key = home.resolve("backup.key");
        var identifier =
                carnet("backup", "key", key + "").said().lines().toList().get(1).split(" +")[1];
        var hostSettings =
                Metaverse.settings(
                        home,
                        Map.of(
                                "name",
                                "storehouse",
                                "data.directory",
                                home.resolve("storehouse") + "",
                                "hosting.guests",
                                identifier,
                                "hosting.quota-bytes",
                                "1000000"));
        try (var host = Node.start(hostSettings)) {
            var settings =
                    Map.of(
                            "peers.storehouse",
                            host.url() + "",
                            "backup.target",
                            "peer:storehouse",
                            "backup.key",
                            key + "",
                            "backup.interval",
                            NO_BACKUP_BY_ITSELF);
            try (var agora = Metaverse.start(home, settings)) {
                send(agora, 50);
                backUp(agora);
            }
            loseTheDisk();
            var restore =
                    carnet(
                            "backup",
                            "restore",
                            "--from",
                            "storehouse=" + host.url(),
                            "--key",
                            key + "",
                            "--config",
                            configuration(settings) + "",
                            "--accept-loss");
            assertThat(restore.said()).contains("A node can go on with it.");
            try (var again = Node.start(Metaverse.settings(home, settings));
                    var operator = Metaverse.operator(again, home.resolve("operator.key"))) {
                assertNothingIsLost(operator);
            }
            var other = home.resolve("other.key");
            carnet("backup", "key", other + "");
            var stranger =
                    carnet(
                            "backup",
                            "list",
                            "--from",
                            "storehouse=" + host.url(),
                            "--key",
                            other + "");
            assertThat(stranger.said()).contains("403");
        }
    }

    @Test
    void aNodeWhoseDiskIsGoneComesBackFromItsBackupAndItsMirrorWithAllThatTheMirrorCosigned()
            throws Exception {
        var key = home.resolve("backup.key");
        carnet("backup", "key", key + "");
        var vkeys = Files.createDirectories(home.resolve("mirrored-logs"));
        var keys = NodeKeys.open(home.resolve("agora"), new SecureRandom());
        Files.write(
                vkeys.resolve("agora.vkey"),
                keys.signer("carnet.local/agora").verifier().encode().toArray());
        var hostSettings =
                Metaverse.settings(
                        home,
                        Map.of(
                                "name", "storehouse",
                                "data.directory", home.resolve("storehouse") + "",
                                "mirror.logs", vkeys + ""));
        try (var host = Node.start(hostSettings)) {
            var settings =
                    Map.of(
                            "peers.storehouse",
                            host.url() + "",
                            "mirror.at",
                            "storehouse",
                            "storage.checkpoint-interval",
                            "PT0.1S",
                            "backup.target",
                            "directory:" + home.resolve("backup"),
                            "backup.key",
                            key + "",
                            "backup.interval",
                            NO_BACKUP_BY_ITSELF);
            Path saved = home.resolve("agora.mirrored");
            try (var agora = Metaverse.start(home, settings)) {
                send(agora, 100);
                backUp(agora);
                send(agora, 400);
                awaitMirrored(lastAcknowledged());
                Files.copy(home.resolve("agora/mirrored/storehouse.checkpoint"), saved);
            }
            loseTheDisk();
            var mirror = host.url() + "/mirror/" + sha256("carnet.local/agora");
            assertThat(carnet("verify", mirror).said()).contains(": verified");
            var configuration = configuration(settings) + "";
            assertThat(restore(key, configuration, "--published", saved + "").said())
                    .contains("MISSING", "No node may go on with it");
            loseTheDisk();
            var restored =
                    restore(
                            key,
                            configuration,
                            "--published",
                            saved + "",
                            "--mirror",
                            host.url() + "");
            assertThat(restored.said()).contains("mirror   gave", "A node can go on with it.");
            assertThat(restored.exit()).isZero();
            try (var again = Node.start(Metaverse.settings(home, settings));
                    var operator = Metaverse.operator(again, home.resolve("operator.key"))) {
                assertNothingIsLost(operator);
                assertThat(operator.get("api/records?kind=restored").path("records")).hasSize(1);
                awaitMirrored(operator.get("api/records?limit=1").path("size").asLong() - 1);
            }
            var verified = carnet("verify", home.resolve("agora") + "", "--since", saved + "");
            assertThat(verified.said()).contains(": verified");
        }
    }

    private Run restore(Path key, String configuration, String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "backup",
                                "restore",
                                "--from",
                                home.resolve("backup") + "",
                                "--key",
                                key + "",
                                "--config",
                                configuration));
        arguments.addAll(List.of(more));
        return carnet(arguments.toArray(String[]::new));
    }

    private long lastAcknowledged() {
        return acknowledged.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    /// Waits until the mirror has cosigned a checkpoint that covers the record.
    private void awaitMirrored(long record) throws IOException, InterruptedException {
        var file = home.resolve("agora/mirrored/storehouse.checkpoint");
        for (int i = 0; i < 600; i++) {
            if (Files.exists(file)
                    && Long.parseLong(Files.readString(file).lines().toList().get(1)) > record) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("the mirror has not cosigned record " + record);
    }

    private static String sha256(String text) throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
