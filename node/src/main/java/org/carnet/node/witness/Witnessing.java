// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.log.Checkpoint;
import org.carnet.log.SignedNote;
import org.carnet.node.points.OwnLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Has this node's checkpoints cosigned by its witnesses, once in each interval, by all of them at the same time.
///
/// A witness that is slow takes part again when it has answered; one that fails is asked less and less often. Neither
/// holds up the others.
final class Witnessing {
    /// How one witness does.
    ///
    /// @param size how many records it cosigned; -1 if none
    /// @param trouble why it did not cosign the last time, if so
    record State(long size, Optional<Instant> at, Optional<String> trouble) {
        private static final State NEW = new State(-1, Optional.empty(), Optional.empty());
    }

    private static final Logger LOG = LoggerFactory.getLogger(Witnessing.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /// A witness is asked again for what it has cosigned, so that those who read there see that the log lives.
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final PeerDirectory peers;
    private final OwnLog log;
    private final Witnessed witnessed;
    private final Consumer<Peer> stranger;
    private final IntConsumer connected;
    private final Duration interval;
    private final InstantSource clock;
    private final Executor executor;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    /// @param stranger told of a witness that does not know this log
    /// @param connected told how many witnesses there are
    Witnessing(
            PeerDirectory peers,
            OwnLog log,
            Witnessed witnessed,
            Consumer<Peer> stranger,
            IntConsumer connected,
            Duration interval,
            InstantSource clock,
            Executor executor) {
        this.peers = peers;
        this.log = log;
        this.witnessed = witnessed;
        this.stranger = stranger;
        this.connected = connected;
        this.interval = interval;
        this.clock = clock;
        this.executor = executor;
    }

    /// One witness, and where it stands.
    private static final class Course {
        private final WitnessClient client;
        private boolean busy;
        private int failures;
        private Instant notBefore = Instant.MIN;
        private State state = State.NEW;

        Course(WitnessClient client) {
            this.client = client;
        }
    }

    /// Shows the newest checkpoint to every witness that is free and has not seen it.
    void round() {
        var note = log.checkpoint();
        var checkpoint = Checkpoint.parse(note.text());
        var all = peers.all();
        connected.accept((int) all.stream().filter(peer -> !peer.witness().isEmpty()).count());
        if (checkpoint.size() == 0) return;
        courses.keySet().removeIf(origin -> peers.of(origin).isEmpty());
        for (var peer : all) {
            if (peer.witness().isEmpty()) continue;
            var course =
                    courses.computeIfAbsent(
                            peer.origin(),
                            origin ->
                                    new Course(
                                            new WitnessClient(
                                                    peer.witness(),
                                                    peers.link(peer),
                                                    log.tiles())));
            if (begin(course, checkpoint)) executor.execute(() -> submit(peer, course, note));
        }
    }

    private boolean begin(Course course, Checkpoint checkpoint) {
        var now = clock.instant();
        synchronized (course) {
            boolean fresh =
                    course.state.size() == checkpoint.size()
                            && course.state
                                    .at()
                                    .filter(at -> at.plus(FRESH).isAfter(now))
                                    .isPresent();
            if (course.busy || fresh || now.isBefore(course.notBefore)) return false;
            course.busy = true;
            return true;
        }
    }

    private void submit(Peer peer, Course course, SignedNote note) {
        var trouble = Optional.<String>empty();
        try {
            switch (course.client.submit(note)) {
                case WitnessClient.Outcome.Cosigned cosigned ->
                        witnessed.add(note, cosigned.signatures());
                case WitnessClient.Outcome.Unknown _ -> {
                    trouble = Optional.of("it does not know this log");
                    stranger.accept(peer);
                }
                case WitnessClient.Outcome.Declined declined ->
                        trouble = Optional.of(declined.why());
            }
        } catch (IOException e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the witness {} could not be asked", peer.origin(), e);
            trouble = Optional.of("it could not be asked; the log of the node says why");
        }
        end(peer, course, Checkpoint.parse(note.text()).size(), trouble);
    }

    private void end(Peer peer, Course course, long size, Optional<String> trouble) {
        var now = clock.instant();
        synchronized (course) {
            course.busy = false;
            if (trouble.isEmpty()) {
                course.failures = 0;
                course.state = new State(size, Optional.of(now), trouble);
                return;
            }
            if (course.state.trouble().isEmpty()) {
                LOG.warn("the witness {} does not cosign: {}", peer.origin(), trouble.get());
            }
            course.state = new State(course.state.size(), course.state.at(), trouble);
            var pause = interval.multipliedBy(1L << Math.min(course.failures++, 10));
            course.notBefore = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }
    }

    State state(String origin) {
        var course = courses.get(origin);
        if (course == null) return State.NEW;
        synchronized (course) {
            return course.state;
        }
    }
}
