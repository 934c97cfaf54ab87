// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

/// `./carnet bench identity --quick`: that it measures all it says; how fast this machine is does not matter here.
class BenchIdentityTest {
    @Test
    void everyFigureIsMeasured() {
        var run = Run.carnet("bench", "identity", "--quick", "--json");
        assertThat(run.exit()).describedAs(run.err()).isZero();
        var report = JsonMapper.shared().readTree(run.out());
        for (var figure :
                new String[] {
                    "/credentials/eddsaJcs2022/limit/verifyPerSecond",
                    "/credentials/eddsaJcs2022/stranger/ratioToLimit",
                    "/credentials/eddsaJcs2022/uncached/ratioToLimit",
                    "/credentials/eddsaJcs2022/cached/perSecond",
                    "/credentials/vcJwt/uncached/cpuRatioToLimit",
                    "/credentials/sdJwtKb/uncached/ratioToLimit",
                    "/credentials/sdJwtKb/cached/ratioToLimit",
                    "/doubleVerification/uncached/perSecond",
                    "/doubleVerification/cached/ratioToLimit",
                    "/decisions/10/kept/perSecond",
                    "/decisions/100/sliced/perSecond",
                    "/decisions/1000/unsliced/perSecond",
                    "/signIn/alone/millis/p50",
                    "/signIn/together/millis/p99"
                }) {
            assertThat(report.at(figure).asDouble()).describedAs(figure).isPositive();
        }
        assertThat(report.at("/credentials/sdJwtKb/signatures").asInt()).isEqualTo(2);
        assertThat(report.at("/doubleVerification/signatures").asInt()).isEqualTo(4);
    }
}
