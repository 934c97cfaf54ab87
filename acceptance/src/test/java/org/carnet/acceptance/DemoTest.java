// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The demo as a newcomer runs it, without staying: three nodes, ten watches, and one that changes hands.
final class DemoTest {
    @Test
    void theDemoTellsItsWholeStoryAndEverythingHolds(@TempDir Path home) throws Exception {
        var file = home.resolve("report.json");
        var command =
                NodeProcess.program(
                        "demo", "--headless", "--seconds", "20", "--report", file.toString());
        var demo = ForeignProgram.run(home, Map.of(), command, Duration.ofMinutes(8));

        assertThat(demo.exit()).as(demo.said()).isZero();
        assertThat(demo.said())
                .contains("A watch is unpacked", "She hands it to Ben", "Everything holds.")
                .doesNotContain("  NO  ");
        var report = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(report.path("checks")).hasSizeGreaterThan(20).allMatch(JsonNode::asBoolean);
        var watch = report.path("watch");
        var agora = watch.path("identifiers").path("agora").asString();
        assertThat(agora).startsWith("did:key:z6Mk");
        assertThat(watch.path("identifiers").path("arcadia").asString())
                .startsWith("did:key:z6Mk")
                .isNotEqualTo(agora);
        assertThat(watch.path("known").path("agora").asInt()).isGreaterThan(40);
        assertThat(watch.path("known").path("arcadia").asInt()).isGreaterThan(40);
        assertThat(watch.path("links")).isEmpty();
        assertThat(watch.path("nextKey").asString()).isEqualTo("taken");
        assertThat(watch.path("replacedKey").asString()).isEqualTo("revoked-key");
        assertThat(watch.path("lost").asString()).isEqualTo("suspended");
        assertThat(watch.path("found").asString()).isEqualTo("taken");
        assertThat(watch.path("revoked").asString()).isEqualTo("revoked-key");
        assertThat(watch.path("renewed").asString()).isEqualTo("taken");
        assertThat(watch.path("formerKey").asString()).isEqualTo("revoked-key");
        assertThat(watch.path("formerOwner").asString()).isEqualTo("forbidden");
        assertThat(watch.path("formerReadings").asInt()).isEqualTo(4);
        assertThat(watch.path("nextReadings").asInt()).isEqualTo(1);
        assertThat(watch.path("readingsOfBefore").asString()).isEqualTo("forbidden");
    }
}
