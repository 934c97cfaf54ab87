// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class VerifyTest {
    @TempDir Path home;

    private Path log;

    @BeforeEach
    void aLog() throws IOException {
        log = home.resolve("log");
        Logs.grow(log, 300);
    }

    @Test
    void aLogThatHoldsIsSummedUp() {
        var run = Run.carnet("verify", log.toString());

        assertThat(
                        run.out()
                                .replace(log.toString(), "LOG")
                                .replaceAll("root     \\S{44}", "root     ROOT"))
                .isEqualTo(Golden.text("verified.txt"));
        assertThat(run.exit()).isEqualTo(Exit.OK);
    }

    @Test
    void aChangedByteIsNamedAndFails() throws IOException {
        var segment = log.resolve("journal/0000000000000000.segment");
        var bytes = Files.readAllBytes(segment);
        bytes[50] ^= 1;
        Files.write(segment, bytes);

        var run = Run.carnet("verify", log.toString());

        assertThat(run.out()).startsWith(log + ": FAILED\n  record 0");
        assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
    }

    @Test
    void oneBadLogAmongSeveralFailsTheWholeRun() throws IOException {
        var other = home.resolve("other");
        Logs.grow(other, 5);
        Files.writeString(other.resolve("checkpoint"), "nonsense\n");

        var run = Run.carnet("verify", other.toString(), log.toString());

        assertThat(run.out()).contains(other + ": FAILED").contains(log + ": verified");
        assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
    }

    @Test
    void aLogMustHaveGrownFromTheCheckpointThatWasSaved() throws IOException {
        var saved = home.resolve("saved").toString();
        Run.carnet("verify", log.toString(), "--save", saved);
        Logs.grow(log, 10);

        assertThat(Run.carnet("verify", log.toString(), "--since", saved).exit())
                .isEqualTo(Exit.OK);

        var other = home.resolve("other");
        Logs.grow(other, 400);
        assertThat(Run.carnet("verify", other.toString(), "--since", saved).exit())
                .isEqualTo(Exit.CHECK_FAILED);
    }

    @Test
    void aLogOfAnotherKeyIsNotTheOneThatWasMeant() throws IOException {
        var other = home.resolve("other");
        Logs.grow(other, 5);
        var keys = Files.readAllLines(other.resolve("log.vkey"));
        var key = keys.getFirst();

        assertThat(Run.carnet("verify", other.toString(), "--vkey", key).exit()).isEqualTo(Exit.OK);
        var both = List.of("verify", other.toString(), "--vkey", key, "--vkey", keys.getLast());
        assertThat(Run.carnet(both.toArray(String[]::new)).exit()).isEqualTo(Exit.OK);
        assertThat(Run.carnet("verify", log.toString(), "--vkey", key).exit())
                .isEqualTo(Exit.CHECK_FAILED);
    }

    @Test
    void whatIsNoLogIsOneSentence() {
        var run = Run.carnet("verify", home.resolve("nowhere").toString());

        assertThat(run.err())
                .isEqualTo(
                        "carnet: "
                                + home.resolve("nowhere")
                                + " is neither a directory nor a URL\n");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(Run.carnet("verify", "http://127.0.0.1:1/").exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(Run.carnet("verify", log.toString(), "--vkey", "nonsense").exit())
                .isEqualTo(Exit.USAGE);
    }
}
