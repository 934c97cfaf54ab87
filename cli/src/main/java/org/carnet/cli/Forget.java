// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.ErasureReceipt;
import org.carnet.client.NodeClient;
import org.carnet.log.LogVerifier;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.Callable;

/// Has a node forget a subject.
@Command(
        name = "forget",
        description =
                "Has a node forget all that it keeps of a subject, or of a range of its time, and"
                        + " shows the receipt.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = ForgetVerify.class,
        footer = {
            "%nWithout a range the subject's things are deregistered and its mappings ended.",
            "A range is widened to whole epochs of keys; the receipt says to which instants.",
            "Nothing brings the data back. docs/forgetting.md says what is promised."
        })
final class Forget implements Callable<Integer> {
    /// The whole journal is read, and the database written anew.
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "SUBJECT",
            description = "Whose data: the owner of things.")
    private @Nullable String subject;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The first instant to forget, such as 2026-11-20T00:00:00Z.")
    private @Nullable Instant from;

    @Option(
            names = {"--to", "--until"},
            paramLabel = "TIME",
            description = "The first instant after the range (default with --from: now).")
    private @Nullable Instant until;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Saves the receipt: the node keeps no copy.")
    private @Nullable Path save;

    @Mixin private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() throws IOException {
        if (subject == null) throw new CommandFailed(Exit.USAGE, "whom should the node forget?");
        var body = new HashMap<String, String>();
        body.put("subject", subject);
        if (from != null) body.put("from", from.toString());
        if (until != null) body.put("until", until.toString());
        try (NodeClient client = node.open()) {
            var answer = client.patient(PATIENCE).post("api/erasures", body);
            var receipt = answer.path("receipt").asString("");
            if (save != null) Files.writeString(save, receipt + "\n");
            var log = LogVerifier.parse(client.bytes("log.vkey"));
            return show(ErasureReceipt.verify(receipt, log), spec.commandLine().getOut());
        }
    }

    static int show(ErasureReceipt.Verdict verdict, PrintWriter out) {
        return switch (verdict) {
            case ErasureReceipt.Failed(String reason) -> {
                out.println("FAILED: " + reason);
                yield Exit.CHECK_FAILED;
            }
            case ErasureReceipt.Verified(var receipt, var checkpoint) -> {
                show(receipt, out);
                out.println(
                        "  proof      under the checkpoint of "
                                + checkpoint.checkpoint().size()
                                + " records");
                yield Exit.OK;
            }
        };
    }

    private static void show(ErasureReceipt receipt, PrintWriter out) {
        out.println("erased: " + (receipt.whole() ? "all of the subject" : "a range of time"));
        out.println("  log        " + receipt.origin());
        out.println("  node       " + receipt.node());
        out.println("  tombstone  record " + receipt.tombstone().index());
        out.println("  at         " + receipt.at());
        for (var key : receipt.erased()) {
            out.println(
                    "  erased     %s to %s: %d records (key %d)"
                            .formatted(key.from(), key.until(), key.records(), key.key()));
        }
        for (var place : receipt.reached()) {
            out.println("  reached    " + place.place() + ": " + place.what());
        }
        for (var place : receipt.pending()) {
            out.println("  PENDING    " + place.place() + ": " + place.what());
        }
    }
}
