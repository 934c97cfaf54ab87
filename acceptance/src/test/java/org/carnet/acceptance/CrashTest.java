// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.soak.CrashCampaign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;

/// The short form of `./carnet soak crash`.
final class CrashTest {
    @TempDir Path directory;

    @Test
    void eightKillsAtAnyMomentLoseNothingAcknowledgedAndLeaveALogThatVerifies() throws Exception {
        var result = new CrashCampaign(directory, 8, 1, InstantSource.system(), line -> {}).run();
        assertThat(result.lost()).isZero();
        assertThat(result.acknowledged()).isPositive();
        assertThat(result.holds()).as(result.toString()).isTrue();
    }
}
