// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.node.health.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does backups and drills one after another beside the node's work: those that are asked for, and by itself a backup
/// at every interval and the keys anew as soon as there are others.
///
/// A key that a backup does not hold yet is lost with the disk, so a new one is brought there within a second or two.
final class BackupJobs implements SmartLifecycle, HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BackupJobs.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Looking at the keys takes at most a twentieth of the time.
    private static final int REST = 20;

    private final Optional<Backups> target;
    private final Tables tables;
    private final Duration interval;
    private final InstantSource clock;
    private @Nullable ScheduledExecutorService worker;

    private int asked;
    private volatile ObjectNode newest = JsonMapper.shared().createObjectNode();
    private volatile Optional<String> trouble = Optional.empty();
    private String keys = "";

    /// Something to do.
    private interface Job {
        ObjectNode run() throws IOException;
    }

    /// @param target nothing if there are no backups
    BackupJobs(Optional<Backups> target, Tables tables, Duration interval, InstantSource clock) {
        this.target = target;
        this.tables = tables;
        this.interval = interval;
        this.clock = clock;
    }

    boolean isSet() {
        return target.isPresent();
    }

    /// Has a backup made, and tells the number of the job.
    int askForRun() {
        return ask("run", () -> Backups.described(target.orElseThrow().run()));
    }

    /// Has a drill held, and tells the number of the job.
    int askForDrill() {
        return ask("drill", () -> Backups.described(target.orElseThrow().drill()));
    }

    /// What the newest job that was asked for is or came to: `job`, `kind`, `state`, `result` or `failure`.
    ObjectNode newest() {
        return newest.deepCopy();
    }

    private synchronized int ask(String kind, Job job) {
        var running = worker;
        if (running == null) throw new IllegalStateException("the node is stopping");
        int number = ++asked;
        newest = told(number, kind, "waiting");
        running.execute(() -> run(number, kind, job));
        return number;
    }

    private static ObjectNode told(int number, String kind, String state) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("job", number)
                .put("kind", kind)
                .put("state", state);
    }

    private void run(int number, String kind, Job job) {
        newest = told(number, kind, "running");
        try {
            var result = told(number, kind, "done");
            result.set("result", job.run());
            newest = result;
            if (kind.equals("run")) trouble = Optional.empty();
        } catch (IOException | RuntimeException failure) {
            failed(failure);
            newest =
                    told(number, kind, "failed")
                            .put("failure", String.valueOf(failure.getMessage()));
        }
    }

    private void failed(Exception failure) {
        LOG.warn("no backup: {}", failure.toString());
        trouble = Optional.of("the last backup failed; node.log says why");
    }

    private void byItself(Backups backups) {
        try {
            if (backups.isDue()) {
                backups.run();
                keys = tables.fingerprint();
            }
            trouble = Optional.empty();
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }

    private void look(Backups backups) {
        var before = clock.instant();
        try {
            var now = tables.fingerprint();
            if (!now.equals(keys) && backups.refresh()) {
                keys = now;
                trouble = Optional.empty();
            }
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
        var rest = Duration.between(before, clock.instant()).multipliedBy(REST);
        var running = worker;
        if (running == null || running.isShutdown()) return;
        running.schedule(
                () -> look(backups),
                Math.max(LOOK.toMillis(), rest.toMillis()),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void start() {
        var fresh =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("carnet-backup").factory());
        worker = fresh;
        if (target.isEmpty()) return;
        var backups = target.get();
        fresh.scheduleWithFixedDelay(
                () -> byItself(backups), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        fresh.schedule(() -> look(backups), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What is half done is done again by the next run.
    @Override
    public void stop() {
        var running = worker;
        worker = null;
        if (running == null) return;
        running.shutdownNow();
        try {
            if (!running.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a backup did not end in time");
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
