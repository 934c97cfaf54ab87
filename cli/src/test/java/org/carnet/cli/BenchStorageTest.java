// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `./carnet bench storage --quick`: that it measures all it says; how fast this machine is does not matter here.
class BenchStorageTest {
    @Test
    void everyFigureIsMeasuredAndNothingIsLeftBehind(@TempDir Path directory) throws IOException {
        var run =
                Run.carnet(
                        "bench",
                        "storage",
                        "--quick",
                        "--json",
                        "--directory",
                        directory.toString());
        assertThat(run.exit()).describedAs(run.err()).isZero();
        var report = JsonMapper.shared().readTree(run.out());
        for (var figure :
                new String[] {
                    "/limit/verifyPerSecond",
                    "/inProcess/ratioToLimit",
                    "/inProcess/workers/1/ratioToLimit",
                    "/inProcess/workers/2/whole/ratioToLimit",
                    "/fallbacks/JDK/workers/1/ratioToLimit",
                    "/postgres/insertsPerSecond",
                    "/postgres/ratio",
                    "/postgres/clients/8/carnet/ackMillis/p99",
                    "/checkpoint/millis/1000000",
                    "/checkpoint/millis/100000000",
                    "/proof/micros/10000000",
                    "/proof/bytes/100000000",
                    "/memory/heapBytes/100000000",
                    "/start/millis/100000000",
                    "/recovery/withoutTreeMillisPerMillion"
                }) {
            assertThat(report.at(figure).asDouble()).describedAs(figure).isPositive();
        }
        assertThat(report.at("/bytesPerRecord").asDouble()).isBetween(100.0, 200.0);
        assertThat(report.at("/postgres/fsync").asString()).isEqualTo("on");
        assertThat(report.at("/postgres/synchronous_commit").asString()).isEqualTo("on");
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
