// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.client.report.Report;
import org.carnet.client.report.ReportCheck;
import org.carnet.client.report.ReportVerdict;
import org.carnet.identity.DidKey;
import org.carnet.log.NoteVerifier;
import org.carnet.log.TlogPolicy;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Checks reports without asking their node.
@Command(
        name = "verify",
        description = "Checks reports offline: signatures, fingerprints, and every proof.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nSeveral reports must go on where the one before ended, up to a complete one.",
            "A page is checked to be the one that its report makes, letter by letter.",
            "The exit code is 0 only if everything holds."
        })
final class ReportVerify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Reports (.jws) or their pages (.html), in their order.")
    private List<Path> files = List.of();

    @Option(
            names = "--vkey",
            paramLabel = "KEY",
            description =
                    "A key that must have signed the checkpoint, of the log or of a witness; can be"
                        + " given again. Without one, those that the report names are believed.")
    private List<String> keys = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "A c2sp.org/tlog-policy that the checkpoint must fulfil: its logs, its"
                            + " witnesses and their quorum.")
    private @Nullable Path policy;

    @Option(
            names = "--signer",
            paramLabel = "DID",
            description = "The node that must have signed it; without it, the one it names.")
    private @Nullable String signer;

    @Override
    public Integer call() throws IOException {
        var check =
                new ReportCheck(
                        keys.stream().map(NoteVerifier::parse).toList(),
                        policy == null
                                ? Optional.empty()
                                : Optional.of(
                                        TlogPolicy.parse(Bytes.unsafe(Files.readAllBytes(policy)))),
                        Optional.ofNullable(signer).map(DidKey::parse));
        Report before = null;
        for (var file : files) {
            var content = Files.readString(file);
            boolean page = content.startsWith(ReportPage.START);
            var jws = page ? ReportPage.jws(content) : content.strip();
            var verdict = check.check(jws);
            if (verdict instanceof ReportVerdict.Refused(String why)) return failed(file, why);
            var report = ((ReportVerdict.Verified) verdict).report();
            if (page) {
                var difference = ReportPage.difference(content, ReportPage.of(jws, report));
                if (difference.isPresent()) return failed(file, difference.get());
            }
            if (before != null && !goesOn(before, report)) {
                return failed(file, "it does not go on where the report before it ended");
            }
            tell(file, (ReportVerdict.Verified) verdict);
            before = report;
        }
        if (files.size() > 1 && before != null && !before.head().complete()) {
            return failed(files.getLast(), "it is not the last part");
        }
        return Exit.OK;
    }

    private static boolean goesOn(Report before, Report after) {
        var earlier = before.head();
        var later = after.head();
        return later.first() == earlier.next()
                && later.node().equals(earlier.node())
                && later.log().equals(earlier.log())
                && later.from().equals(earlier.from())
                && later.until().equals(earlier.until())
                && later.subject().equals(earlier.subject())
                && later.thing().equals(earlier.thing());
    }

    private int failed(Path file, String why) {
        var out = spec.commandLine().getOut();
        out.println(file + ": FAILED");
        out.println("  " + why);
        return Exit.CHECK_FAILED;
    }

    private void tell(Path file, ReportVerdict.Verified verified) {
        var out = spec.commandLine().getOut();
        var report = verified.report();
        var head = report.head();
        out.println(file + ": verified");
        out.println("  signed by   " + head.node());
        out.println("  log         " + head.log().name());
        out.println("  time        " + head.from() + " to " + head.until());
        out.println(
                "  lines       %d, from records %d to %d%s"
                        .formatted(
                                report.lines().size(),
                                head.first(),
                                head.next(),
                                head.complete() ? "" : ", to be continued"));
        if (head.unreadable() > 0) {
            out.println(
                    "  unreadable  " + head.unreadable() + " records, whose keys were destroyed");
        }
        if (!verified.cosigners().isEmpty()) {
            out.println("  cosigned    " + String.join(", ", verified.cosigners()));
        }
    }
}
