// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.cli.demo.Report.PlatformReport;

import java.util.function.Function;

/// The report as a table for people.
final class Summary {
    private final Report report;
    private final StringBuilder text = new StringBuilder("\n");

    private Summary(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return new Summary(report).write();
    }

    private String write() {
        text.append("  %-16s".formatted(""));
        report.platforms().keySet().forEach(name -> text.append("%10s".formatted(name)));
        text.append('\n');
        row("avatars", platform -> number(platform.avatars()));
        row("updates applied", platform -> number(platform.applied()));
        row("records", platform -> number(platform.records()));
        row("log verified", platform -> platform.verified() ? "yes" : "NO");
        row("witnessed", platform -> number(platform.witnessed()));
        var updates = report.updates();
        line(
                "updates",
                "%,d sent, %,d acknowledged, %,d lost"
                        .formatted(updates.sent(), updates.acknowledged(), updates.lost()));
        line("refused", updates.refused().toString());
        line(
                "answers",
                "half within %.1f ms, 99 of 100 within %.1f ms"
                        .formatted(report.ackMillis().p50(), report.ackMillis().p99()));
        line(
                "tampering",
                "%d bytes changed, %d noticed"
                        .formatted(report.tampering().tried(), report.tampering().caught()));
        line(
                "forgotten",
                "%d updates of a guest, %d can still be read"
                        .formatted(report.forgotten().before(), report.forgotten().after()));
        line(
                "watch",
                "Ada's, then Ben's; %d links between what Agora and Arcadia know of it"
                        .formatted(report.watch().links().size()));
        line(
                "forked log",
                "answered %d by its witness, %s"
                        .formatted(
                                report.fork().status(),
                                report.fork().convicted()
                                        ? "convicted by its own signatures"
                                        : "NOT convicted"));
        text.append('\n');
        report.checks()
                .forEach(
                        (check, holds) ->
                                text.append(holds ? "  ok  " : "  NO  ")
                                        .append(check)
                                        .append('\n'));
        text.append(
                report.everythingHolds() ? "\nEverything holds.\n" : "\nNot everything holds.\n");
        return text.toString();
    }

    private void row(String label, Function<PlatformReport, String> cell) {
        text.append("  %-16s".formatted(label));
        report.platforms()
                .values()
                .forEach(platform -> text.append("%10s".formatted(cell.apply(platform))));
        text.append('\n');
    }

    private void line(String label, String content) {
        text.append("  %-16s".formatted(label)).append(content).append('\n');
    }

    private static String number(long number) {
        return "%,d".formatted(number);
    }
}
