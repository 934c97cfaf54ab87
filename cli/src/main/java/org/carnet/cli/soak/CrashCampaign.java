// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.soak;

import org.carnet.cli.process.NodeProcess;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Kills a node with SIGKILL again and again while things send, and checks that nothing it acknowledged is missing.
///
/// After every kill the node starts again in the same directory and the things send once more what was not answered.
/// At the end every acknowledged update must be the record that its acknowledgement named, each update must be
/// recorded once only, every avatar must have applied exactly what was recorded, and the whole log must verify.
public final class CrashCampaign {
    /// What came of it.
    ///
    /// @param lost acknowledged updates that are not on the record
    public record Result(int kills, long acknowledged, long lost, LogVerdict verdict) {
        public boolean holds() {
            return lost == 0 && acknowledged > 0 && verdict instanceof LogVerdict.Verified;
        }
    }

    private static final int THINGS = 4;
    private static final int MOST_MILLIS = 1500;
    private static final long PATIENCE_SECONDS = 60;
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "name",
                    "soak",
                    "updates.rate",
                    "1000000",
                    "storage.checkpoint-interval",
                    "PT0.2S");

    /// A node that lives for seconds starts in half the time without what makes a long run fast.
    private static final String[] SHORT_LIVED = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    private final Path directory;
    private final int kills;
    private final Random random;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /// @param seed of the moments at which the node is killed
    public CrashCampaign(
            Path directory, int kills, long seed, InstantSource clock, Consumer<String> progress) {
        this.directory = directory;
        this.kills = kills;
        this.random = new Random(seed);
        this.clock = clock;
        this.progress = progress;
    }

    public Result run() throws IOException, InterruptedException {
        var senders = new ArrayList<Sender>();
        for (int kill = 0; kill < kills; kill++) {
            try (var node = NodeProcess.start(directory, SETTINGS, SHORT_LIVED)) {
                if (kill == 0)
                    for (int i = 0; i < THINGS; i++) senders.add(Sender.enrol(node, i, clock));
                for (var sender : senders) sender.start(node);
                if (random.nextInt(5) > 0) awaitMore(senders);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS));
                node.kill();
                for (var sender : senders) sender.awaitEnd();
            }
            progress.accept(
                    "kill "
                            + (kill + 1)
                            + " of "
                            + kills
                            + ": "
                            + acknowledged(senders)
                            + " acknowledged");
        }
        long lost;
        try (var node = NodeProcess.start(directory, SETTINGS, SHORT_LIVED)) {
            lost = lost(node, senders);
        }
        var verdict = LogVerification.plain().directory(directory.resolve("data"));
        return new Result(kills, acknowledged(senders), lost, verdict);
    }

    /// Most kills hit a node that works; the others hit it as it begins to.
    private static void awaitMore(List<Sender> senders) throws IOException, InterruptedException {
        long before = acknowledged(senders);
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (acknowledged(senders) == before) {
            if (System.nanoTime() > end)
                throw new IOException("the node acknowledges nothing any more");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static long acknowledged(List<Sender> senders) {
        return senders.stream().mapToLong(sender -> sender.acknowledged().size()).sum();
    }

    /// Reads the whole record back and compares it with what the senders were told.
    private static long lost(NodeProcess node, List<Sender> senders) throws IOException {
        var recorded = new HashMap<String, Long>();
        var applied = new HashMap<String, Long>();
        try (var operator = node.operator()) {
            for (long before = Long.MAX_VALUE; before > 0; ) {
                var page = operator.get("api/records?kind=received&limit=500&before=" + before);
                for (var record : page.path("records")) {
                    var details = record.path("details");
                    var thing = details.path("thing").asString();
                    var update = thing + " " + details.path("sequence").asLong();
                    if (recorded.put(update, record.path("index").asLong()) != null) {
                        throw new IOException("recorded twice: update " + update);
                    }
                    applied.merge(thing, 1L, Long::sum);
                }
                before = page.path("next").asLong(0);
            }
            for (var avatar : operator.get("api/avatars")) {
                for (var sender : senders) {
                    if (!sender.avatar().equals(avatar.path("id").asString())) continue;
                    long expected = applied.getOrDefault(sender.thing(), 0L);
                    if (avatar.path("applied").asLong() != expected) {
                        throw new IOException(
                                "avatar " + sender.avatar() + " did not apply what was recorded");
                    }
                }
            }
        }
        long lost = 0;
        for (var sender : senders) {
            for (var told : sender.acknowledged().entrySet()) {
                var record = recorded.get(sender.thing() + " " + told.getKey());
                if (record == null || (told.getValue() >= 0 && !record.equals(told.getValue())))
                    lost++;
            }
        }
        return lost;
    }
}
