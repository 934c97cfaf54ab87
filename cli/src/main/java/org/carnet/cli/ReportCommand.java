// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;
import org.carnet.client.report.ReportCheck;
import org.carnet.client.report.ReportVerdict;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;

/// Fetches a report for audit, and checks it before it is kept.
@Command(
        name = "report",
        description = "Reports what happened to somebody's data, signed and proven, for auditors.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = ReportVerify.class,
        footer = {
            "%nInto a directory go report-1.jws, which is the evidence, and report-1.html,",
            "which contains it and is for people; further ones follow while there is more.",
            "Into a file goes one of the two: a page if its name ends with .html.",
            "'carnet report verify' checks all of them offline."
        })
final class ReportCommand implements Callable<Integer> {
    private static final int MOST_PARTS = 100_000;

    /// Half a million records are looked at before a node answers.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(names = "--from", paramLabel = "TIME", description = "The first time to report on.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "The first time not to, such as 2026-11-20T12:00:00Z; usually now.")
    private @Nullable String to;

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description = "Whose data; without it and without --thing, everybody's.")
    private @Nullable String subject;

    @Option(names = "--thing", paramLabel = "DID", description = "One thing's data only.")
    private @Nullable String thing;

    @Option(
            names = "--without-data",
            description = "Tells fingerprints and signatures, and not the data themselves.")
    private boolean withoutData;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description = "A directory that exists, or a file that does not.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        if (from == null || output == null) {
            throw new CommandFailed(Exit.USAGE, "a report wants --from and -o");
        }
        var since = time("--from", from);
        var until = to == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : time("--to", to);
        if (!since.isBefore(until)) {
            throw new CommandFailed(Exit.USAGE, "--from is before --to");
        }
        if (!Files.isDirectory(output) && Files.exists(output)) {
            throw new CommandFailed(Exit.USAGE, output + " exists already");
        }
        try (var client = node.open()) {
            return fetch(client, output, since, until);
        }
    }

    private int fetch(NodeClient client, Path target, Instant since, Instant until)
            throws IOException {
        var question = new LinkedHashMap<String, Object>();
        question.put("from", since.toString());
        question.put("until", until.toString());
        if (subject != null) question.put("subject", subject);
        if (thing != null) question.put("thing", thing);
        question.put("details", !withoutData);
        long first = 0;
        for (int part = 1; part <= MOST_PARTS; part++) {
            question.put("first", first);
            var answer = client.patient(PATIENCE).post("api/reports", question);
            var jws = answer.path("report").asString("");
            var verified = verified(jws);
            var head = verified.report().head();
            if (!Files.isDirectory(target) && !head.complete()) {
                throw new CommandFailed(
                        Exit.USAGE, "the report has several parts: give a directory with -o");
            }
            keep(target, part, jws, verified);
            if (head.complete()) return Exit.OK;
            if (head.next() <= first) break;
            first = head.next();
        }
        throw new CommandFailed(Exit.CHECK_FAILED, "the node never comes to the end of its record");
    }

    /// What a node tells is not kept before it proved to be what it says.
    private static ReportVerdict.Verified verified(String jws) {
        return switch (ReportCheck.plain().check(jws)) {
            case ReportVerdict.Verified verified -> verified;
            case ReportVerdict.Refused(String why) ->
                    throw new CommandFailed(
                            Exit.CHECK_FAILED, "the node's report does not hold: " + why);
        };
    }

    private void keep(Path target, int part, String jws, ReportVerdict.Verified verified)
            throws IOException {
        var page = ReportPage.of(jws, verified.report());
        var out = spec.commandLine().getOut();
        int lines = verified.report().lines().size();
        if (!Files.isDirectory(target)) {
            var html = target.getFileName().toString().endsWith(".html");
            Files.writeString(target, html ? page : jws + "\n");
            out.println(target + ": " + lines + " lines");
            return;
        }
        var evidence = target.resolve("report-" + part + ".jws");
        if (Files.exists(evidence))
            throw new CommandFailed(Exit.USAGE, evidence + " exists already");
        Files.writeString(evidence, jws + "\n");
        Files.writeString(target.resolve("report-" + part + ".html"), page);
        out.println(evidence + " and .html: " + lines + " lines");
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw new CommandFailed(
                    Exit.USAGE,
                    name + " is a time such as 2026-11-20T12:00:00Z, not '" + text + "'");
        }
    }
}
