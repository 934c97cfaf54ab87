// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.log.Evidence;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.log.SignedNote;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Checks what a node has reported of a log, offline.
@Command(
        name = "check-evidence",
        description = "Checks evidence that a log forked, went back or fell silent.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer =
                "%nThe exit code is 0 if the evidence shows it: proven by the log's own signatures,"
                        + " or on the reporter's word.")
final class LogCheckEvidence implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The evidence, as GET /witness/evidence/ID.")
    private Path file = Path.of("");

    @Option(
            names = "--vkey",
            required = true,
            paramLabel = "KEY",
            description = "A key of the accused log; can be given twice.")
    private List<String> keys = List.of();

    @Override
    public Integer call() throws IOException {
        var log = new LogVerifier(keys.stream().map(NoteVerifier::parse).toList());
        var report = SignedNote.parse(Bytes.unsafe(Files.readAllBytes(file)));
        var evidence = Evidence.parse(report);
        var out = spec.commandLine().getOut();
        return switch (evidence.judge(log)) {
            case Evidence.Verdict.Proven(String what) -> tell(evidence, report, "PROVEN", what);
            case Evidence.Verdict.Reported(String what) -> tell(evidence, report, "reported", what);
            case Evidence.Verdict.Worthless(String why) -> {
                out.println(file + ": WORTHLESS");
                out.println("  " + why);
                yield Exit.CHECK_FAILED;
            }
        };
    }

    private int tell(Evidence evidence, SignedNote report, String worth, String what) {
        var out = spec.commandLine().getOut();
        var kind = evidence.kind().name().toLowerCase(Locale.ROOT);
        out.println(file + ": " + worth + " " + kind);
        out.println("  " + what);
        out.println("  seen     " + evidence.time());
        out.println("  reporter " + report.signatures().getFirst().name() + " (not checked)");
        return Exit.OK;
    }
}
