// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Anchors the newest checkpoint again and again, in a thread of its own, so that no chain ever holds up the log.
///
/// The newest witnessed checkpoint is taken where the node has witnesses. An anchor that is deep enough in the chain is
/// put on the record (kind ANCHORED). Whatever goes wrong is said once, in the log and to whoever asks, and tried again.
final class AnchorKeeper implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorKeeper.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    private final Optional<Anchoring> anchoring;
    private final String origin;
    private final RecordReads reads;
    private final Records records;
    private final InstantSource clock;
    private @Nullable ScheduledExecutorService timer;
    private Instant due = Instant.EPOCH;
    private volatile Optional<String> trouble = Optional.empty();

    AnchorKeeper(
            Optional<Anchoring> anchoring,
            String origin,
            RecordReads reads,
            Records records,
            InstantSource clock) {
        this.anchoring = anchoring;
        this.origin = origin;
        this.reads = reads;
        this.records = records;
        this.clock = clock;
    }

    Optional<Anchoring> anchoring() {
        return anchoring;
    }

    /// What keeps the next anchor from the chain, if anything does.
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public synchronized void start() {
        if (anchoring.isEmpty()) return;
        var interval = anchoring.get().site().interval();
        var every = interval.compareTo(LOOK_EVERY) < 0 ? interval : LOOK_EVERY;
        timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("carnet-anchor").factory());
        timer.scheduleWithFixedDelay(
                this::tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            if (anchoring.isPresent()) look(anchoring.get());
            if (trouble.isPresent()) LOG.info("anchoring goes on");
            trouble = Optional.empty();
        } catch (IOException | RuntimeException failure) {
            var sentence = sentence(failure);
            if (!trouble.equals(Optional.of(sentence))) {
                LOG.warn("no checkpoint is anchored at present, trying on", failure);
            }
            trouble = Optional.of(sentence);
        }
    }

    /// Anybody may read it, so only what was made for readers is said.
    private static String sentence(Exception failure) {
        return failure instanceof ChainFailure
                ? String.valueOf(failure.getMessage())
                : "the node cannot anchor; its log says why";
    }

    /// One step of what is under way, or the beginning of the next anchor when it is due. Asks the chain only then.
    private void look(Anchoring anchoring) throws IOException {
        var site = anchoring.site();
        var store = anchoring.store();
        var now = clock.instant();
        if (store.attempts().isEmpty() && now.isBefore(due)) return;
        try (var http = HttpClient.newHttpClient()) {
            var anchorer = site.anchorer(http, store, clock);
            var progress = anchorer.step();
            if (progress instanceof Progress.Nothing && !now.isBefore(due)) {
                var newest = newestCheckpoint();
                if (newest.isPresent()) progress = anchorer.begin(newest.get());
                due = now.plus(site.interval());
            }
            if (progress instanceof Progress.Done done) {
                record(site, done.anchored());
                anchorer.settled(done.anchored());
            }
        }
    }

    private Optional<Bytes> newestCheckpoint() throws IOException {
        for (var name : List.of("checkpoint.witnessed", "checkpoint")) {
            Path file = reads.logDirectory().resolve(name);
            if (Files.exists(file)) return Optional.of(Bytes.unsafe(Files.readAllBytes(file)));
        }
        return Optional.empty();
    }

    private void record(AnchorSite site, Anchored anchored) {
        var checkpoint = anchored.checkpoint();
        var details =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("size", checkpoint.size())
                        .put("root", checkpoint.root().toBase64())
                        .put("chain", site.chain())
                        .put("contract", site.contract().text())
                        .put("transaction", anchored.transaction())
                        .put("block", anchored.block());
        var entry =
                new Entry(
                        Record.Kind.ANCHORED,
                        Assurance.NONE,
                        origin,
                        origin,
                        site.contract().text(),
                        Bytes.unsafe(JsonMapper.shared().writeValueAsBytes(details)));
        records.append(List.of(entry)).join();
    }

    @Override
    public synchronized void stop() {
        if (timer != null) timer.shutdownNow();
        timer = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
