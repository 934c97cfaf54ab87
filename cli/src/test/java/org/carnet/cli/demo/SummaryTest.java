// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.demo.Report.AckMillis;
import org.carnet.cli.demo.Report.ForgottenReport;
import org.carnet.cli.demo.Report.ForkReport;
import org.carnet.cli.demo.Report.PlatformReport;
import org.carnet.cli.demo.Report.TamperingReport;
import org.carnet.cli.demo.Report.Updates;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

class SummaryTest {
    @Test
    void theTableShowsWhatWasFoundAndSaysSoWhenSomethingDoesNotHold() {
        assertThat(Summary.of(report(true)))
                .isEqualTo(
                        """

                                               agora     pulse
                          avatars                 10         0
                          updates applied      5,990         0
                          records             12,000    18,000
                          log verified           yes        NO
                          witnessed           11,900         0
                          updates         6,003 sent, 6,000 acknowledged, 10 lost
                          refused         {replay=3}
                          answers         half within 1.2 ms, 99 of 100 within 8.0 ms
                          tampering       12 bytes changed, 11 noticed
                          forgotten       5 updates of a guest, 0 can still be read
                          watch           Ada's, then Ben's; 0 links between what Agora and Arcadia know of it
                          forked log      answered 422 by its witness, convicted by its own signatures

                          ok  a check

                        Everything holds.
                        """);
        assertThat(Summary.of(report(false))).endsWith("  NO  a check\n\nNot everything holds.\n");
    }

    @Test
    void theReportIsTheDocumentedJson() {
        assertThat(JsonMapper.shared().writeValueAsString(report(true)))
                .isEqualTo(
                        """
                        {"things":10,\
                        "updates":{"sent":6003,"acknowledged":6000,"lost":10,"refused":{"replay":3}},\
                        "platforms":{\
                        "agora":{"avatars":10,"applied":5990,"records":12000,"root":"abc=","verified":true,"witnessed":11900,"witnesses":["arcadia"]},\
                        "pulse":{"avatars":0,"applied":0,"records":18000,"root":"","verified":false,"witnessed":0,"witnesses":["arcadia"]}},\
                        "tampering":{"tried":12,"caught":11},\
                        "ackMillis":{"p50":1.234,"p99":8.0},\
                        "forgotten":{"before":5,"after":0,"receiptVerified":true},\
                        "watch":{"identifiers":{"agora":"did:key:a"},"nextIdentifier":"did:key:b",\
                        "known":{"agora":9},"links":[],"nextKey":"taken","replacedKey":"revoked-key",\
                        "lost":"suspended","found":"taken","revoked":"revoked-key","renewed":"taken","formerKey":"revoked-key",\
                        "formerOwner":"forbidden","formerIdentities":0,"formerReadings":3,\
                        "nextReadings":1,"readingsOfBefore":"forbidden"},\
                        "fork":{"status":422,"convicted":true},\
                        "checks":{"a check":true}}\
                        """);
    }

    private static Report report(boolean holds) {
        var platforms = new LinkedHashMap<String, PlatformReport>();
        var witnesses = List.of("arcadia");
        platforms.put(
                "agora", new PlatformReport(10, 5990, 12_000, "abc=", true, 11_900, witnesses));
        platforms.put("pulse", new PlatformReport(0, 0, 18_000, "", false, 0, witnesses));
        return new Report(
                10,
                new Updates(6003, 6000, 10, Map.of("replay", 3L)),
                platforms,
                new TamperingReport(12, 11),
                new AckMillis(1.234, 8),
                new ForgottenReport(5, 0, true),
                new Ownership(
                        Map.of("agora", "did:key:a"),
                        "did:key:b",
                        Map.of("agora", 9),
                        Set.of(),
                        "taken",
                        "revoked-key",
                        "suspended",
                        "taken",
                        "revoked-key",
                        "taken",
                        "revoked-key",
                        "forbidden",
                        0,
                        3,
                        1,
                        "forbidden"),
                new ForkReport(422, holds),
                Map.of("a check", holds));
    }
}
