// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.identity.SigningKey;
import org.carnet.log.Cosigner;
import org.carnet.log.Evidence;
import org.carnet.log.LogSigner;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A stranger checks evidence with nothing but the key of the accused log.
class LogCheckEvidenceTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final SigningKey KEY =
            SigningKey.of(Algorithm.ED25519, Bytes.utf8("0123456789abcdef0123456789abcdef"));

    @TempDir Path directory;

    private static LogSigner log(String origin) {
        return new LogSigner(KEY, new Cosigner(origin, KEY, MlDsaSigningKey.of(KEY.secret())));
    }

    private Path evidence() throws Exception {
        var log = log("carnet.local/agora");
        var one = MerkleHash.leaf(Bytes.utf8("one story"));
        var other = MerkleHash.leaf(Bytes.utf8("another"));
        var fork =
                new Evidence(
                        Evidence.Kind.FORK,
                        NOON,
                        Optional.of(new Evidence.Fork(other, List.of())),
                        log.sign(1, one, NOON),
                        Optional.of(log.sign(1, other, NOON)));
        var report = fork.report(new NoteSigner("carnet.local/pulse/evidence", KEY));
        return Files.write(directory.resolve("fork.evidence"), report.encode().toArray());
    }

    private static String vkey(String origin, int number) {
        return log(origin).verifier().keys().get(number).vkey();
    }

    @Test
    void aForkIsProvenByTheKeysOfTheLog() throws Exception {
        var file = evidence();

        var run =
                Run.carnet(
                        "log",
                        "check-evidence",
                        file.toString(),
                        "--vkey",
                        vkey("carnet.local/agora", 0),
                        "--vkey",
                        vkey("carnet.local/agora", 1));

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        file
                                + """
                                : PROVEN fork
                                  it signed two trees that differ within their first 1 records
                                  seen     2026-11-20T12:00:00Z
                                  reporter carnet.local/pulse/evidence (not checked)
                                """);
        assertThat(run.exit()).isEqualTo(Exit.OK);
    }

    @Test
    void itIsWorthlessAgainstAnotherLog() throws Exception {
        var file = evidence();

        var run =
                Run.carnet(
                        "log",
                        "check-evidence",
                        file.toString(),
                        "--vkey",
                        vkey("carnet.local/forum", 0));

        assertThat(run.out()).contains("WORTHLESS");
        assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
    }
}
