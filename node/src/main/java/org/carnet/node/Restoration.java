// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.RecordFlow;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Restorable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.List;

/// Brings the agents' memory back before anything can reach the node, and keeps it in snapshots afterwards.
final class Restoration implements SmartLifecycle, Forgets {
    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
    private static final Duration SNAPSHOT_EVERY = Duration.ofMinutes(1);

    /// A start that had to read more records than this is not repeated if it can be helped.
    private static final long MOST_RESTORED = 20_000;

    private final List<Restorable> agents;
    private final RecordReads records;
    private final RecordFlow flow;
    private @Nullable Thread keeper;

    /// @param agents in the order in which each is told of a record
    Restoration(List<Restorable> agents, RecordReads records, RecordFlow flow) {
        this.agents = agents;
        this.records = records;
        this.flow = flow;
    }

    @Override
    public void start() {
        var from = agents.stream().mapToLong(Restorable::loadSnapshot).toArray();
        long end = records.size();
        long index = end;
        for (long first : from) index = Math.min(index, first);
        long restored = end - index;
        try (var follower = flow.follow(index)) {
            while (index < end) {
                var stored = follower.next(Duration.ofSeconds(10)).orElseThrow();
                for (int agent = 0; agent < from.length; agent++) {
                    if (stored.index() < from[agent] || stored.details().isEmpty()) continue;
                    var record = stored.record();
                    agents.get(agent)
                            .restore(
                                    stored.index(),
                                    record.kind(),
                                    record.time(),
                                    stored.details().get());
                }
                index = stored.index() + 1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while restoring the agents' memory", e);
        }
        if (restored > 0)
            LOG.info(
                    "restored the agents' memory from {} records after the newest snapshot",
                    restored);
        boolean isLong = restored > MOST_RESTORED;
        keeper = Thread.ofVirtual().name("snapshots").start(() -> keep(isLong));
    }

    /// @param atOnce whether the first snapshot should not wait: a node that dies again before it would read even more
    private void keep(boolean atOnce) {
        if (atOnce) save();
        long saved = records.size();
        try {
            while (true) {
                Thread.sleep(SNAPSHOT_EVERY);
                if (records.size() == saved) continue;
                saved = records.size();
                save();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String place() {
        return "the snapshots of the agents";
    }

    @Override
    public Stage stage() {
        return Stage.SNAPSHOTS;
    }

    /// Whoever saves at this moment has taken the memory as it was, and is done before this begins.
    @Override
    public Outcome forget(Erasure erasure) {
        return forget(List.of(erasure));
    }

    @Override
    public synchronized Outcome forget(List<Erasure> erasures) {
        for (var agent : agents) agent.saveSnapshot();
        return new Reached("written anew without it");
    }

    /// A snapshot that fails costs only time at the next start.
    private synchronized void save() {
        for (var agent : agents) {
            try {
                agent.saveSnapshot();
            } catch (RuntimeException e) {
                LOG.warn("a snapshot could not be written", e);
            }
        }
    }

    @Override
    public void stop() {
        var running = keeper;
        if (running == null) return;
        keeper = null;
        running.interrupt();
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        save();
    }

    @Override
    public boolean isRunning() {
        return keeper != null;
    }

    /// Before every listener opens, and after every listener has closed.
    @Override
    public int getPhase() {
        return 0;
    }
}
