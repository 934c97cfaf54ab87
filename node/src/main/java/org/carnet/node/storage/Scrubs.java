// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.health.HealthCheck;
import org.carnet.node.points.Entry;
import org.carnet.node.points.RecordCopy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Has the disk looked over again and again, slowly; what was found goes on the record, and what could not be repaired
/// is told by the node's health.
final class Scrubs implements SmartLifecycle, HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubs.class);
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final long BREATH = 1 << 18;

    private final Ledger ledger;
    private final RecordCopy copy;
    private final String origin;
    private final String node;
    private final Duration interval;
    private final long bytesPerSecond;
    private long unrested;
    private volatile Optional<String> trouble = Optional.empty();
    private @Nullable Thread thread;

    /// @param copy where records are that this node has lost, maybe
    /// @param origin of the log, which is the subject of records about the node itself
    /// @param interval between two passes
    /// @param bytesPerSecond how fast to read
    Scrubs(
            Ledger ledger,
            RecordCopy copy,
            String origin,
            String node,
            Duration interval,
            long bytesPerSecond) {
        this.ledger = ledger;
        this.copy = copy;
        this.origin = origin;
        this.node = node;
        this.interval = interval;
        this.bytesPerSecond = bytesPerSecond;
    }

    private void run() {
        var scrubber = ledger.scrubber(this::rest);
        try {
            TimeUnit.NANOSECONDS.sleep(min(FIRST, interval).toNanos());
            while (true) {
                pass(scrubber);
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void rest(long bytes) throws InterruptedException {
        unrested += bytes;
        if (unrested < BREATH) return;
        TimeUnit.MICROSECONDS.sleep(unrested * 1_000_000 / bytesPerSecond);
        unrested = 0;
    }

    private void pass(Scrubber scrubber) throws InterruptedException {
        try {
            var damages = scrubber.pass(copy);
            for (var damage : damages) tell(damage);
            trouble =
                    damages.stream()
                            .filter(damage -> damage.repaired().isEmpty())
                            .findFirst()
                            .map(damage -> damage.place() + " is damaged: " + damage.check());
        } catch (IOException | RuntimeException failure) {
            LOG.warn("the disk could not be looked over", failure);
            trouble = Optional.of("the disk cannot be looked over; node.log says why");
        }
    }

    private void tell(Scrubber.Damage damage) {
        LOG.warn(
                "{}: {}; {}",
                damage.place(),
                damage.check(),
                damage.repaired().map(by -> "repaired from " + by).orElse("not repaired"));
        var json =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("place", damage.place())
                        .put("check", damage.check())
                        .put("repaired", damage.repaired().isPresent());
        damage.repaired().ifPresent(by -> json.put("from", by));
        var entry =
                new Entry(
                        Record.Kind.REPAIRED,
                        Assurance.NONE,
                        origin,
                        node,
                        damage.place(),
                        Bytes.utf8(json.toString()));
        ledger.append(List.of(entry)).join();
    }

    @Override
    public String name() {
        return "scrub";
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().daemon().name("carnet-scrub").start(this::run);
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running == null) return;
        running.interrupt();
        try {
            running.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 4096;
    }
}
