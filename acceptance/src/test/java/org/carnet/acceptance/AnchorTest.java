// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.process.NodeProcess;
import org.carnet.client.Ack;
import org.carnet.envelope.Form;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A node anchors its log on a real chain by itself, and strangers check the log against it with the command line.
final class AnchorTest {
    @TempDir static Path home;
    private static Anvil chain;
    private static String key;
    private static String contract;

    @BeforeAll
    static void deploy() throws Exception {
        chain = Anvil.start(home.resolve("anvil.out"));
        var file = Files.writeString(home.resolve("rich.key"), Anvil.RICH + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        key = file.toString();
        var deployed = carnet("anchor", "deploy", "--rpc", chain.url(), "--key", key);
        assertThat(deployed.exit()).as(deployed.said()).isZero();
        contract = deployed.said().lines().findFirst().orElseThrow().split(" +")[1];
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    private static ForeignProgram carnet(String... arguments) throws Exception {
        return ForeignProgram.run(home, Map.of(), NodeProcess.program(arguments));
    }

    private static ForeignProgram verify(String log, String... more) throws Exception {
        var arguments =
                new String[] {
                    "anchor", "verify", log, "--rpc", chain.url(), "--contract", contract
                };
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return carnet(all.toArray(String[]::new));
    }

    private static Map<String, String> anchoring(String origin) {
        return Map.of(
                "origin",
                origin,
                "anchor.rpc",
                chain.url(),
                "anchor.chain",
                "" + Anvil.CHAIN,
                "anchor.contract",
                contract,
                "anchor.key",
                key,
                "anchor.interval",
                "PT0.5S",
                "anchor.confirmations",
                "1");
    }

    private static void send(Metaverse agora) throws Exception {
        try (var posts = agora.operator.posts()) {
            assertThat(posts.send(agora.pack(Form.JWS_SENML_JSON, 1)).get())
                    .isInstanceOf(Ack.Durable.class);
        }
    }

    /// Waits until so many checkpoints are anchored, of which the newest has at least so many records.
    private static void awaitAnchors(Metaverse agora, int count, long records) {
        Waiting.until(
                () -> {
                    var anchors = agora.operator.get("anchors").path("anchors");
                    boolean there =
                            anchors.size() >= count
                                    && anchors.path(0).path("size").asLong() >= records;
                    return there ? anchors : null;
                },
                count + " checkpoints are anchored");
    }

    @Test
    void aLogThatGrowsVerifiesAndOneThatWasRewrittenDoesNot() throws Exception {
        var first = home.resolve("first");
        try (var agora = Metaverse.start(first, anchoring("carnet.local/agora"))) {
            send(agora);
            awaitAnchors(agora, 1, 1);
            send(agora);
            awaitAnchors(agora, 2, 3);
            var records = agora.operator.get("api/records?kind=anchored");
            assertThat(records.path("records").size()).isPositive();
            assertThat(
                            records.path("records")
                                    .path(0)
                                    .path("details")
                                    .path("transaction")
                                    .asString())
                    .matches("0x[0-9a-f]{64}");
            for (var log :
                    new String[] {agora.node.url().toString(), first.resolve("agora").toString()}) {
                var verified = verify(log, "--chain", "" + Anvil.CHAIN);
                assertThat(verified.said()).contains("carnet.local/agora: verified", "anchors  ");
                assertThat(verified.exit()).isZero();
            }
        }
        var second = home.resolve("second");
        var keys = second.resolve("agora/keys");
        var owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(keys, owner);
        Files.copy(first.resolve("agora/keys/node.key"), keys.resolve("node.key"));
        try (var forger = Metaverse.start(second, Map.of("origin", "carnet.local/agora"))) {
            for (int i = 0; i < 20; i++) send(forger);
        }
        var rewritten = verify(second.resolve("agora").toString());
        assertThat(rewritten.said())
                .contains("carnet.local/agora: FAILED", "  anchor 0, of ", "did not grow from it");
        assertThat(rewritten.exit()).isEqualTo(1);
    }

    @Test
    void aChainThatCannotBeReachedHoldsNothingUpAndIsSaid() throws Exception {
        var settings = new HashMap<>(anchoring("carnet.local/lonely"));
        settings.put("anchor.rpc", "http://127.0.0.1:1/secret");
        try (var agora = Metaverse.start(home.resolve("lonely"), settings)) {
            send(agora);
            var trouble =
                    Waiting.until(
                            () -> {
                                var said = agora.operator.get("anchors").path("trouble");
                                return said.isMissingNode() ? null : said.asString();
                            },
                            "the trouble is said");
            assertThat(trouble)
                    .isEqualTo(
                            "the chain's node at 127.0.0.1:1 does not answer (ConnectException)");
            send(agora);
        }
    }

    @Test
    void whatIsNotThereIsSaidInOneSentence() throws Exception {
        var log = home.resolve("small");
        try (var agora = Metaverse.start(log, Map.of("origin", "carnet.local/small"))) {
            send(agora);
        }
        var directory = log.resolve("agora").toString();
        assertThat(verify(directory))
                .isEqualTo(
                        new ForeignProgram(
                                1,
                                "carnet.local/small: FAILED\n"
                                        + "  the contract has no anchor of it\n"));
        assertThat(verify(directory, "--chain", "1").said())
                .isEqualTo("carnet: the endpoint is of chain 31337, not of chain 1\n");
        var poor = carnet("anchor", "account", home.resolve("poor.key").toString());
        assertThat(poor.said().strip()).matches("0x[0-9a-f]{40}");
        var published =
                carnet(
                        "anchor",
                        "publish",
                        directory,
                        "--rpc",
                        chain.url(),
                        "--contract",
                        contract,
                        "--key",
                        home.resolve("poor.key").toString());
        assertThat(published.said()).contains(poor.said().strip() + " has 0 wei", "send it some");
        assertThat(published.exit()).isEqualTo(3);
        var paid =
                carnet(
                        "anchor",
                        "publish",
                        directory,
                        "--rpc",
                        chain.url(),
                        "--contract",
                        contract,
                        "--key",
                        key);
        assertThat(paid.said()).contains("transaction  0x");
        assertThat(verify(directory).exit()).isZero();
    }

    @Test
    void aNodeThatDoesNotAnchorLoadsNothingOfWeb3j() throws Exception {
        var loaded = home.resolve("loaded.txt");
        var node =
                NodeProcess.launch(
                        home.resolve("plain"), Map.of(), "-Xlog:class+load:file=" + loaded);
        try (node) {
            node.awaitStarted();
            assertThat(node.anybody().get("anchors").path("anchors").size()).isZero();
        }
        try (var lines = Files.lines(loaded)) {
            assertThat(lines.filter(line -> line.contains("org.web3j"))).isEmpty();
        }
    }
}
