// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.process.NodeProcess;
import org.carnet.client.Ack;
import org.carnet.client.report.ReportCheck;
import org.carnet.client.report.ReportVerdict;
import org.carnet.envelope.Form;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An auditor fetches reports with the command line and checks them without the node.
final class ReportTest {
    private static final String EVER = "2026-01-01T00:00:00Z";

    @TempDir static Path home;
    private static Metaverse agora;

    @BeforeAll
    static void start() throws Exception {
        agora = Metaverse.start(home, Map.of());
        try (var posts = agora.operator.posts()) {
            for (int i = 0; i < 3; i++) {
                var pack = agora.pack(Form.JWS_SENML_JSON, -1.5, 0.125, "WALKING");
                assertThat(posts.send(pack).get()).isInstanceOf(Ack.Durable.class);
            }
        }
        agora.acceleration();
    }

    @AfterAll
    static void stop() throws Exception {
        agora.close();
    }

    private static ForeignProgram carnet(String... arguments) throws Exception {
        return ForeignProgram.run(
                home, Map.of("CARNET_KEY", agora.key.toString()), NodeProcess.program(arguments));
    }

    private static ForeignProgram report(String output, String... more) throws Exception {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "report",
                                "--node",
                                agora.node.url().toString(),
                                "--from",
                                EVER,
                                "-o",
                                output));
        arguments.addAll(List.of(more));
        return carnet(arguments.toArray(String[]::new));
    }

    private static ForeignProgram verify(Path file, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("report", "verify", file.toString()));
        arguments.addAll(List.of(more));
        return carnet(arguments.toArray(String[]::new));
    }

    private static String watch() {
        return agora.watch.id().value();
    }

    @Test
    void aReportOnAThingTellsAllThatHappenedToItsDataAndVerifiesOffline() throws Exception {
        var file = home.resolve("thing.jws");
        var made = report(file.toString(), "--thing", watch());
        assertThat(made.exit()).as(made.said()).isZero();
        // registered, mapped, and three updates of which each moved the avatar
        assertThat(made.said()).isEqualTo(file + ": 8 lines\n");
        var verified = verify(file);
        assertThat(verified.said())
                .contains(": verified", "log         carnet.local/agora", "lines       8");
        assertThat(verified.exit()).isZero();
        var records = agora.operator.get("api/records?kind=reported").path("records");
        assertThat(records.path(0).path("details").path("thing").asString()).isEqualTo(watch());
    }

    @Test
    void aReportOnASubjectIsAPageThatSaysWhatItsReportSays() throws Exception {
        var directory = Files.createDirectory(home.resolve("alice"));
        assertThat(report(directory.toString(), "--subject", "alice").exit()).isZero();
        var page = directory.resolve("report-1.html");
        var text = Files.readString(page);
        assertThat(text)
                .contains(
                        "<h1>Report on alice</h1>",
                        "<span>acceleration-x</span> -1.5 m/s2",
                        "<span>activity</span> WALKING")
                .contains(watch(), ">read<", ">applied ");
        assertThat(verify(page).exit()).isZero();
        var forged = home.resolve("forged.html");
        Files.writeString(forged, text.replaceFirst("</span> WALKING", "</span> RUNNING"));
        assertThat(verify(forged).said())
                .containsPattern("line \\d+: the page does not say what the report in it says");
        assertThat(verify(forged).exit()).isEqualTo(1);
        var jws = Files.readString(directory.resolve("report-1.jws"));
        Files.writeString(forged, jws.replaceFirst("\\.ey", ".eZ"));
        assertThat(verify(forged).said()).contains("FAILED");
    }

    @Test
    void aReportWithoutDataTellsFingerprintsOnly() throws Exception {
        var page = home.resolve("without.html");
        assertThat(report(page.toString(), "--subject", "alice", "--without-data").exit()).isZero();
        assertThat(Files.readString(page))
                .doesNotContain("WALKING")
                .contains("not told", "ed25519");
        assertThat(verify(page).exit()).isZero();
    }

    @Test
    void theKeysOfTheLogCanBeKnownFromElsewhere() throws Exception {
        var file = home.resolve("keys.jws");
        assertThat(report(file.toString()).exit()).isZero();
        var keys = agora.operator.text("log.vkey").lines().toList();
        assertThat(verify(file, "--vkey", keys.get(0), "--vkey", keys.get(1)).exit()).isZero();
        var stranger = keys.get(0).replace("agora", "arena");
        assertThat(verify(file, "--vkey", stranger).exit()).isNotZero();
        assertThat(verify(file, "--signer", watch()).said()).contains("it is of did:key:");
    }

    @Test
    void whatIsNotThereOrNotAskedRightIsSaidInOneSentence() throws Exception {
        var file = home.resolve("none.jws");
        assertThat(report(file.toString(), "--subject", "nobody").said())
                .isEqualTo(
                        "carnet: the node answers 404: not-found: nothing is on the record of that"
                                + " subject\n");
        assertThat(report(file.toString(), "--thing", "did:key:unknown").said())
                .contains("there is no such thing here");
        assertThat(report(file.toString(), "--to", "yesterday").said())
                .contains("--to is a time such as 2026-11-20T12:00:00Z, not 'yesterday'");
        assertThat(report(file.toString(), "--to", EVER).said()).contains("--from is before --to");
        assertThat(report(file.toString()).exit()).isZero();
        assertThat(report(file.toString()).said()).contains("exists already");
    }

    @Test
    void whatWasForgottenIsSaidToBeErasedAndStillProven() throws Exception {
        try (var other = Metaverse.start(home.resolve("forgetful"), Map.of())) {
            try (var posts = other.operator.posts()) {
                var pack = other.pack(Form.JWS_SENML_JSON, -1.5, 0.125, "WALKING");
                assertThat(posts.send(pack).get()).isInstanceOf(Ack.Durable.class);
            }
            other.operator.post("api/erasures", Map.of("subject", "alice"));
            var question = Map.of("from", EVER, "until", "2100-01-01T00:00:00Z");
            var file = home.resolve("forgotten.jws");
            var answer = other.operator.post("api/reports", question);
            Files.writeString(file, answer.path("report").asString());
            assertThat(verify(file).said())
                    .contains(": verified", "unreadable  4 records, whose keys were destroyed");
            var verdict = ReportCheck.plain().check(Files.readString(file));
            var report = ((ReportVerdict.Verified) verdict).report();
            assertThat(report.lines())
                    .filteredOn(line -> line.json().path("erased").asBoolean())
                    .hasSize(4);
            assertThat(report.payload()).doesNotContain("alice").doesNotContain("WALKING");
        }
    }

    @Test
    void aLongReportGoesOnInParts() throws Exception {
        try (var other = Metaverse.start(home.resolve("long"), Map.of("updates.rate", "100000"))) {
            try (var posts = other.operator.posts()) {
                for (int i = 0; i < 300; i++) {
                    assertThat(posts.send(other.pack(Form.COSE_SENML_CBOR, i)).get())
                            .isInstanceOf(Ack.Durable.class);
                }
            }
            var directory = Files.createDirectory(home.resolve("parts"));
            var url = other.node.url().toString();
            var made =
                    ForeignProgram.run(
                            home,
                            Map.of("CARNET_KEY", other.key.toString()),
                            NodeProcess.program(
                                    "report",
                                    "--node",
                                    url,
                                    "--from",
                                    EVER,
                                    "-o",
                                    directory.toString()));
            assertThat(made.said())
                    .containsPattern("report-1.jws and .html: 4\\d\\d lines")
                    .contains("report-2.jws");
            var first = directory.resolve("report-1.jws");
            var second = directory.resolve("report-2.jws");
            assertThat(verify(first, second.toString()).exit()).isZero();
            assertThat(verify(second, first.toString()).said())
                    .contains("it does not go on where the report before it ended");
        }
    }
}
