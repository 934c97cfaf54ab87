// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Verifies logs, believing nobody.
@Command(
        name = "verify",
        description = "Verifies the log of a node: by its data directory, offline, or by its URL.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nA directory is checked to its last byte: records, sealed details, tiles,"
                    + " checkpoint.",
            "By URL everything published is checked: leaves, tiles, checkpoint.",
            "The exit code is 0 only if everything holds."
        })
final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "TARGET",
            description = "A data directory or the URL of a node.")
    private List<String> targets = List.of();

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "A checkpoint saved earlier, which the log must have grown from.")
    private @Nullable Path since;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Saves the verified checkpoint, for --since next time.")
    private @Nullable Path save;

    @Option(
            names = "--vkey",
            paramLabel = "KEY",
            description =
                    "A key of the log, known from elsewhere; without it the log's own are believed."
                            + " Can be given twice.")
    private List<String> keys = List.of();

    @Option(
            names = "--open",
            description =
                    "Opens every sealed detail of a directory with the node's keys; the node must"
                            + " not run.")
    private boolean open;

    @Option(
            names = "--database",
            paramLabel = "DIR",
            description =
                    "With --open: the directory of the node's own database (default:"
                            + " TARGET.database).")
    private @Nullable Path database;

    @Mixin private TrustOptions trust = new TrustOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (targets.size() > 1 && (since != null || save != null || !keys.isEmpty())) {
            throw new CommandFailed(
                    Exit.USAGE, "--since, --save and --vkey are of one log: give one target");
        }
        var exit = Exit.OK;
        for (var target : targets) {
            var verdict = isUrl(target) ? url(target) : directory(Path.of(target));
            if (!tell(target, verdict)) exit = Exit.CHECK_FAILED;
        }
        return exit;
    }

    private LogVerdict url(String target) throws IOException, InterruptedException {
        if (open) throw new CommandFailed(Exit.USAGE, "--open wants a data directory, not a URL");
        var log = URI.create(target.replaceAll("/+$", ""));
        try (var http = HttpClient.newBuilder().sslContext(trust.trust().context()).build()) {
            return plain().url(log, http);
        }
    }

    private LogVerdict directory(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            throw new CommandFailed(Exit.USAGE, target + " is neither a directory nor a URL");
        }
        if (!open) return plain().directory(target);
        try (var kept = KeptKeys.open(target, database)) {
            var plain = plain();
            return new LogVerification(plain.key(), plain.since(), Optional.of(kept.keys()))
                    .directory(target);
        }
    }

    private LogVerification plain() throws IOException {
        return new LogVerification(
                keys.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new LogVerifier(keys.stream().map(NoteVerifier::parse).toList())),
                since == null
                        ? Optional.empty()
                        : Optional.of(Bytes.unsafe(Files.readAllBytes(since))),
                Optional.empty());
    }

    private boolean tell(String target, LogVerdict verdict) throws IOException {
        var out = spec.commandLine().getOut();
        return switch (verdict) {
            case LogVerdict.Verified verified -> {
                tell(out, target, verified);
                var note = verified.checkpoint().note().encode();
                if (save != null) Files.write(save, note.toArray());
                yield true;
            }
            case LogVerdict.Failed(String place, String check) -> {
                out.println(target + ": FAILED");
                out.println("  " + place + ": " + check);
                yield false;
            }
        };
    }

    private static void tell(PrintWriter out, String target, LogVerdict.Verified verified) {
        var checkpoint = verified.checkpoint().checkpoint();
        var counts = verified.counts();
        out.println(target + ": verified");
        out.println("  log      " + checkpoint.origin());
        out.println("  records  " + counts.records());
        if (counts.uncovered() > 0) {
            out.println("           " + counts.uncovered() + " of them newer than the checkpoint");
        }
        if (counts.pruned() > 0) {
            out.println("           the first " + counts.pruned() + " of them pruned");
        }
        out.println("  root     " + checkpoint.root());
        out.println(
                "  checked  %d tiles, %d bundles, %d snapshots, %d sealed details opened"
                        .formatted(
                                counts.tiles(),
                                counts.bundles(),
                                counts.snapshots(),
                                counts.opened()));
    }

    private static boolean isUrl(String target) {
        return target.startsWith("http://") || target.startsWith("https://");
    }
}
