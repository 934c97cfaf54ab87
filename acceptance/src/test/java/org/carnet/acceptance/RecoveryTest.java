// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.Carnet;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.node.Node;
import org.carnet.node.files.DirectoryTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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
        var run = carnet("backup", "run", "--node", agora.node.url() + "", "--token", agora.token);
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
        String token;
        try (var agora = Metaverse.start(home, settings)) {
            token = agora.token;
            send(agora, 100);
            backUp(agora);
            send(agora, 50);
            backUp(agora);
            var drill =
                    carnet("backup", "drill", "--node", agora.node.url() + "", "--token", token);
            assertThat(drill.said()).contains("the drill passed");
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
                var operator = NodeClient.open(again.url(), Trust.usual()).withToken(token)) {
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
                                "--token",
                                agora.token);
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
            String token;
            try (var agora = Metaverse.start(home, settings)) {
                token = agora.token;
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
                    var operator = NodeClient.open(again.url(), Trust.usual()).withToken(token)) {
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
}
