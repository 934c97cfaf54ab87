// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.Evidence;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteSigner;
import org.carnet.log.SignedNote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

class LogWatchTest {
    private static final Path FOREIGN = Path.of("src/test/resources/foreign-log");

    @TempDir Path home;

    private Path log;
    private String vkey;

    @BeforeEach
    void aCopyOfTheForeignLog() throws IOException {
        log = home.resolve("log");
        vkey = Files.readString(FOREIGN.resolve("vkey")).strip();
        try (var files = Files.walk(FOREIGN.resolve("log"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = log.resolve(FOREIGN.resolve("log").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private Run watch(Path log, String vkey) {
        return Run.carnet(
                "log",
                "watch",
                log.toString(),
                "--vkey",
                vkey,
                "--once",
                "--state",
                home.resolve("state").toString());
    }

    private Run look() {
        return watch(log, vkey);
    }

    private void show(String checkpoint) throws IOException {
        Files.writeString(log.resolve("checkpoint"), Files.readString(FOREIGN.resolve(checkpoint)));
    }

    private List<Path> kept(String prefix) throws IOException {
        try (var files = Files.walk(home.resolve("state"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    private Evidence evidence() throws IOException {
        var file = Files.readAllBytes(kept("evidence").getFirst());
        return Evidence.parse(SignedNote.parse(Bytes.unsafe(file)));
    }

    private Run checkEvidence(String vkey) throws IOException {
        return Run.carnet(
                "log", "check-evidence", kept("evidence").getFirst().toString(), "--vkey", vkey);
    }

    @Test
    void aLogThatGrowsIsFollowedOverRestarts() throws IOException {
        show("checkpoint.200");
        assertThat(look().out()).isEqualTo(log + ": seen first with 200 entries\n");
        assertThat(look().out()).isEqualTo(log + ": unchanged with 200 entries\n");
        show("checkpoint.300");
        assertThat(look().out()).isEqualTo(log + ": grew from 200 to 300 entries\n");
        show("checkpoint.600");
        var run = look();
        assertThat(run.out()).isEqualTo(log + ": grew from 300 to 600 entries\n");
        assertThat(run.exit()).isEqualTo(Exit.OK);
        assertThat(kept("evidence")).isEmpty();
    }

    @Test
    void aLogThatIsRolledBackIsReportedEachTimeWithBothCheckpoints() throws IOException {
        look();
        show("checkpoint.300");
        for (int i = 0; i < 2; i++) {
            var run = look();
            assertThat(run.out()).startsWith(log + ": ROLLBACK: it signed 600 entries");
            assertThat(run.out()).contains("  evidence " + kept("evidence").getFirst());
            assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
        }
        assertThat(kept("evidence")).hasSize(1);
        assertThat(evidence().kind()).isEqualTo(Evidence.Kind.ROLLBACK);
        assertThat(evidence().first().encode().toUtf8())
                .isEqualTo(Files.readString(FOREIGN.resolve("checkpoint.600")));
        assertThat(evidence().second().orElseThrow().encode().toUtf8())
                .isEqualTo(Files.readString(FOREIGN.resolve("checkpoint.300")));
        assertThat(checkEvidence(vkey).out()).contains(": reported rollback");
    }

    @Test
    void twoRootsOfOneSizeAreAFork() throws Exception {
        look();
        var other = new Checkpoint("foreign.example/log", 600, MerkleHash.leaf(Bytes.utf8("x")));
        var forged = SignedNote.sign(other.text(), foreign()).encode();
        Files.write(log.resolve("checkpoint"), forged.toArray());
        var run = look();
        assertThat(run.out()).startsWith(log + ": FORK: it signed 600 entries");
        assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
        assertThat(evidence().second().orElseThrow().encode()).isEqualTo(forged);
        assertThat(checkEvidence(vkey).out()).contains(": PROVEN fork");
    }

    /// The key that the README beside the log makes known.
    private static NoteSigner foreign() throws NoSuchAlgorithmException {
        var seed =
                MessageDigest.getInstance("SHA-256")
                        .digest(Bytes.utf8("a key for tests, known to everybody").toArray());
        return new NoteSigner(
                "foreign.example/log", SigningKey.of(Algorithm.ED25519, Bytes.unsafe(seed)));
    }

    @Test
    void aLogThatWasWrittenAnewIsReportedWithAProofThatAnybodyCanCheck() throws IOException {
        var carnet = home.resolve("carnet");
        Logs.grow(carnet, 300);
        var key = Files.readAllLines(carnet.resolve("log.vkey")).getFirst();
        assertThat(watch(carnet, key).out()).endsWith("seen first with 300 entries\n");
        var secret = Files.readString(carnet.resolve("keys/node.key"));
        Files.move(carnet, home.resolve("before"));
        Files.createDirectories(carnet.resolve("keys"));
        Files.copy(home.resolve("before/keys/node.key"), carnet.resolve("keys/node.key"));
        Logs.grow(carnet, 400);
        assertThat(Files.readString(carnet.resolve("keys/node.key"))).isEqualTo(secret);

        var run = watch(carnet, key);

        assertThat(run.out()).startsWith(carnet + ": FORK: it signed 300 entries");
        assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
        var check = checkEvidence(key);
        assertThat(check.exit()).isEqualTo(Exit.OK);
        assertThat(check.out()).contains(": PROVEN fork");
    }

    @Test
    void aLogThatCannotBeReadOrBelievedNowIsNotAccused() throws IOException {
        show("checkpoint.300");
        look();
        Files.writeString(log.resolve("checkpoint"), "nonsense\n");
        assertThat(look().out()).startsWith(log + ": not clear: checkpoint: not a signed note");
        show("checkpoint.600");
        var tile = Files.readAllBytes(log.resolve("tile/0/001"));
        tile[3000] ^= 1;
        Files.write(log.resolve("tile/0/001"), tile);
        assertThat(look().out()).contains("not clear: its tiles are not those");
        Files.delete(log.resolve("tile/0/001"));
        var run = look();
        assertThat(run.out()).contains("not clear: ");
        assertThat(run.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(kept("evidence")).isEmpty();
    }

    @Test
    void aPolicyListsTheLogsToFollow() throws IOException {
        var policy = home.resolve("policy");
        Files.writeString(policy, "log " + vkey + " " + log + "\nquorum none\n");
        var run =
                Run.carnet(
                        "log",
                        "watch",
                        "--policy",
                        policy.toString(),
                        "--once",
                        "--state",
                        home.resolve("state").toString());
        assertThat(run.out()).isEqualTo(log + ": seen first with 600 entries\n");
        Files.writeString(policy, "log " + vkey + "\nquorum none\n");
        var without = Run.carnet("log", "watch", "--policy", policy.toString());
        assertThat(without.err())
                .isEqualTo("carnet: name a log, or give a --policy whose logs have URLs\n");
        assertThat(without.exit()).isEqualTo(Exit.USAGE);
        assertThat(
                        Run.carnet(
                                        "log",
                                        "watch",
                                        log.toString(),
                                        "--vkey",
                                        vkey,
                                        "--interval",
                                        "PT0S")
                                .exit())
                .isEqualTo(Exit.USAGE);
    }
}
