// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.node.files.DirectoryTree;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/// Measures how fast a node knows who somebody is and what they may do, against the signature checks alone.
///
/// What is compared takes turns, a fraction of a second each, and a ratio is the median of those of the turns.
@Command(
        name = "identity",
        description =
                "Measures credentials, exchanges, decisions and sign-ins, against this machine's"
                        + " own limit.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nThe limit is the signatures of the same credentials, checked and nothing else.",
            "Uncached is a credential met for the first time, by an issuer that is known;",
            "cached is one that was shown before, with what its holder says anew; a",
            "stranger is an issuer whose key is met for the first time. What the keys of",
            "the JSON mean is said in docs/bench-identity.md."
        })
final class Identity implements Callable<Integer> {
    static final List<Integer> POLICIES = List.of(10, 100, 1000);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Option(names = "--quick", description = "Takes seconds; the figures are rough.")
    private boolean quick;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var report = JsonNodeFactory.instance.objectNode();
        Machine.describe(report);
        report.put("workers", Ingest.WORKERS);
        say("Signing credentials, then checking them in turns with their signatures alone ...");
        var credentials = new Credentials();
        var forms = report.putObject("credentials");
        for (var form : credentials.forms()) form(forms.putObject(form.name()), form);
        say("Verifying requests between platforms twice ...");
        exchanges(report.putObject("doubleVerification"), credentials);
        var decisions = report.putObject("decisions");
        for (int count : POLICIES) {
            say("Asking " + count + " policies ...");
            decisions(decisions.putObject("" + count), new Decisions(count));
        }
        say("Starting a node and signing in ...");
        signIns(report.putObject("signIn"));
        if (json) spec.commandLine().getOut().println(report.toPrettyString());
        else new IdentityTable(spec.commandLine().getOut()).print(report);
        return 0;
    }

    private void form(ObjectNode into, Credentials.Form form) throws InterruptedException {
        into.put("signatures", form.signatures()).put("bytes", form.bytes());
        var turns = turns(form.limit(), form.stranger(), form.uncached(), form.cached());
        tell(into, turns, form.signatures(), "stranger", "uncached", "cached");
    }

    /// The limit of a form: its signatures a second. What is verified is counted in the same signatures.
    private static void tell(ObjectNode into, List<Rate[]> turns, int signatures, String... names) {
        into.putObject("limit")
                .put("verifyPerSecond", median(turns, turn -> turn[0].perSecond()))
                .put("cpuMicros", median(turns, turn -> turn[0].micros()));
        for (int i = 0; i < names.length; i++) {
            int which = i + 1;
            into.putObject(names[i])
                    .put("perSecond", median(turns, turn -> turn[which].perSecond()))
                    .put("cpuMicros", median(turns, turn -> turn[which].micros()))
                    .put(
                            "ratioToLimit",
                            median(
                                    turns,
                                    turn ->
                                            signatures
                                                    * turn[which].perSecond()
                                                    / turn[0].perSecond()))
                    .put(
                            "cpuRatioToLimit",
                            median(
                                    turns,
                                    turn -> signatures * turn[0].micros() / turn[which].micros()));
        }
    }

    private void exchanges(ObjectNode into, Credentials credentials) throws InterruptedException {
        var exchanges = new Exchanges(credentials);
        into.put("signatures", Exchanges.SIGNATURES);
        var limit = credentials.forms().getLast().limit();
        var turns = turns(limit, exchanges.uncached(), exchanges.cached());
        tell(into, turns, Exchanges.SIGNATURES, "uncached", "cached");
    }

    private void decisions(ObjectNode into, Decisions decisions) throws InterruptedException {
        var turns = turns(decisions.kept(), decisions.sliced(), decisions.unsliced());
        var names = List.of("kept", "sliced", "unsliced");
        for (int i = 0; i < names.size(); i++) {
            int which = i;
            into.putObject(names.get(i))
                    .put("perSecond", median(turns, turn -> turn[which].perSecond()))
                    .put("cpuMicros", median(turns, turn -> turn[which].micros()));
        }
    }

    private void signIns(ObjectNode into) throws IOException, InterruptedException {
        var scratch = Files.createTempDirectory(Storage.base(), "carnet-bench");
        try {
            var figures = new SignIns(scratch.resolve("node"), quick ? 1 : 10).measure();
            tell(into.putObject("alone").put("clients", 1), figures.alone());
            tell(into.putObject("together").put("clients", SignIns.CLIENTS), figures.together());
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private static void tell(ObjectNode into, ClosedLoop.Result result) {
        into.put("perSecond", result.perSecond());
        into.putObject("millis")
                .put("p50", result.ackMillis().p50())
                .put("p99", result.ackMillis().p99())
                .put("p999", result.ackMillis().p999());
    }

    /// Each once in each turn; the first turns warm up and do not count.
    private List<Rate[]> turns(Rate.Act... acts) throws InterruptedException {
        int warmUp = quick ? 1 : 4;
        int count = quick ? 1 : 9;
        double seconds = quick ? 0.1 : 0.5;
        var turns = new ArrayList<Rate[]>();
        for (int i = 0; i < warmUp + count; i++) {
            var turn = new Rate[acts.length];
            for (int a = 0; a < acts.length; a++)
                turn[a] = Rate.of(acts[a], Ingest.WORKERS, seconds);
            if (i >= warmUp) turns.add(turn);
        }
        return turns;
    }

    private interface Figure {
        double of(Rate[] turn);
    }

    private static double median(List<Rate[]> turns, Figure figure) {
        var sorted = turns.stream().mapToDouble(figure::of).toArray();
        Arrays.sort(sorted);
        return Math.round(1000 * sorted[sorted.length / 2]) / 1000.0;
    }

    private void say(String line) {
        var progress = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        progress.println(line);
        progress.flush();
    }
}
