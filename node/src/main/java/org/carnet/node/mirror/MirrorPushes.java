// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.client.Trust;
import org.carnet.node.files.WholeFile;
import org.carnet.node.health.HealthCheck;
import org.carnet.node.points.SealedRecords;
import org.carnet.node.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Keeps the mirrors of this node's log up to date, each in its own time; one that does not answer is tried on.
///
/// The newest checkpoint that a mirror cosigned stands in `mirrored/<peer>.checkpoint`.
final class MirrorPushes implements SmartLifecycle, HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorPushes.class);

    private final Map<String, Settings.Peer> peers;
    private final SealedRecords log;
    private final Path directory;
    private final Duration interval;
    private final StorageChoices choices;
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService worker;

    /// @param peers those that mirror this log
    /// @param directory of the node's data
    MirrorPushes(
            Map<String, Settings.Peer> peers,
            SealedRecords log,
            Path directory,
            Duration interval,
            StorageChoices choices) {
        this.peers = Map.copyOf(peers);
        this.log = log;
        this.directory = directory;
        this.interval = interval;
        this.choices = choices;
    }

    private void serve(String name, Settings.Peer peer) {
        try (var link = new MirrorLink(peer.url(), trust(peer).context())) {
            var push =
                    new MirrorPush(
                            link::post,
                            "the mirror " + name,
                            log,
                            details -> choices.allow(name, details));
            while (!Thread.currentThread().isInterrupted()) {
                push(name, push);
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            }
        } catch (IOException | RuntimeException failure) {
            trouble(name, failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void push(String name, MirrorPush push) throws IOException {
        var cosigned = push.push();
        if (cosigned.isPresent()) {
            var mirrored = directory.resolve("mirrored");
            WholeFile.createSecretDirectory(mirrored);
            WholeFile.write(
                    mirrored.resolve(name + ".checkpoint"), cosigned.get().encode().toUtf8());
        }
        if (troubles.remove(name) != null) LOG.info("the mirror {} answers again", name);
    }

    private void trouble(String name, Exception failure) {
        if (Thread.currentThread().isInterrupted()) return;
        if (troubles.put(name, "") == null) {
            LOG.warn("the mirror {} is not up to date; trying on: {}", name, failure.toString());
        }
    }

    private static Trust trust(Settings.Peer peer) throws IOException {
        return peer.authority().isPresent()
                ? Trust.authority(peer.authority().get())
                : Trust.usual();
    }

    @Override
    public String name() {
        return "mirrors";
    }

    @Override
    public Optional<String> trouble() {
        return troubles.isEmpty()
                ? Optional.empty()
                : Optional.of("not up to date: " + String.join(", ", troubles.keySet()));
    }

    @Override
    public void start() {
        var fresh =
                Executors.newScheduledThreadPool(
                        Math.max(1, peers.size()),
                        Thread.ofPlatform().daemon().name("carnet-mirror-", 0).factory());
        worker = fresh;
        peers.forEach(
                (name, peer) ->
                        fresh.scheduleWithFixedDelay(
                                () -> serve(name, peer),
                                interval.toNanos(),
                                interval.toNanos(),
                                TimeUnit.NANOSECONDS));
    }

    @Override
    public void stop() {
        var running = worker;
        worker = null;
        if (running == null) return;
        running.shutdownNow();
        try {
            if (!running.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a mirror did not end in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 4096;
    }
}
