// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.Logs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

class TamperingTest {
    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyChangedByteIsCaughtAndTheLogItselfIsUntouched(long seed) throws Exception {
        var log = home.resolve("log");
        Logs.grow(log, 700);
        var before = Files.readAllBytes(log.resolve("checkpoint"));

        var tampering = Tampering.with(log, home.resolve("copy"), new Random(seed));

        assertThat(tampering.tried()).isEqualTo(12);
        assertThat(tampering.caught()).isEqualTo(12);
        assertThat(tampering.findings()).anyMatch(finding -> finding.startsWith("record "));
        assertThat(log.resolve("checkpoint")).hasBinaryContent(before);
        assertThat(home.resolve("copy")).doesNotExist();
    }
}
