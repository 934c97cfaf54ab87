// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.log.Checkpoint;
import org.carnet.log.VerifiedCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Runs a [Monitor] for the log of each connected platform, once in each interval, all at the same time.
final class Monitoring {
    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

    /// So many other witnesses are asked in one round, in turn; a split view between any two is found in the end.
    private static final int MOST_ASKED = 4;

    private final PeerDirectory peers;
    private final Witness witness;
    private final Suspects suspects;
    private final Incidents incidents;
    private final InstantSource clock;
    private final Executor executor;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    Monitoring(
            PeerDirectory peers,
            Witness witness,
            Suspects suspects,
            Incidents incidents,
            InstantSource clock,
            Executor executor) {
        this.peers = peers;
        this.witness = witness;
        this.suspects = suspects;
        this.incidents = incidents;
        this.clock = clock;
        this.executor = executor;
    }

    /// One log that is followed.
    private static final class Course {
        private final Monitor monitor;
        private boolean busy;
        private int turn;
        private volatile String trouble = "";

        Course(Monitor monitor) {
            this.monitor = monitor;
        }
    }

    void round() {
        courses.keySet().removeIf(origin -> peers.of(origin).isEmpty());
        for (var peer : peers.all()) {
            var course =
                    courses.computeIfAbsent(peer.origin(), origin -> new Course(monitor(peer)));
            synchronized (course) {
                if (course.busy) continue;
                course.busy = true;
            }
            executor.execute(() -> follow(peer, course));
        }
    }

    private Monitor monitor(Peer peer) {
        return new Monitor(
                peer,
                peers.link(peer),
                Optional.empty(),
                (accused, evidence) -> incidents.report(accused.log(), evidence),
                (accused, kind) -> incidents.over(accused.origin(), kind),
                clock);
    }

    private void follow(Peer peer, Course course) {
        try {
            course.monitor.round(cosigned(peer), others(peer, course));
            var suspect = suspects.next(peer.origin());
            while (suspect != null) {
                course.monitor.weigh(suspect);
                suspect = suspects.next(peer.origin());
            }
            course.trouble = course.monitor.trouble();
        } catch (IOException | RuntimeException e) {
            LOG.error("the log {} could not be followed; trying on", peer.origin(), e);
        } finally {
            synchronized (course) {
                course.busy = false;
            }
        }
    }

    private Optional<VerifiedCheckpoint> cosigned(Peer peer) throws IOException {
        return witness.latest(peer.origin())
                .map(note -> Checkpoint.verify(note, peer.log()))
                .filter(VerifiedCheckpoint.class::isInstance)
                .map(VerifiedCheckpoint.class::cast);
    }

    /// The next few of the others that answer at present.
    private List<Monitor.Other> others(Peer accused, Course course) {
        var others =
                peers.all().stream()
                        .filter(peer -> !peer.origin().equals(accused.origin()))
                        .filter(peer -> trouble(peer.origin()).isEmpty())
                        .toList();
        var asked = new ArrayList<Monitor.Other>();
        for (int i = 0; i < Math.min(MOST_ASKED, others.size()); i++) {
            var peer = others.get(Math.floorMod(course.turn++, others.size()));
            asked.add(new Monitor.Other(peer.origin(), peers.link(peer)));
        }
        return asked;
    }

    /// Why the log could not be looked at the last time; empty if it could.
    String trouble(String origin) {
        var course = courses.get(origin);
        return course == null ? "" : course.trouble;
    }
}
