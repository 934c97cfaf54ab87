// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import static java.util.stream.Collectors.toSet;

import org.carnet.envelope.Reading;
import org.carnet.node.access.Caller;
import org.carnet.node.points.AvatarReads;
import org.carnet.node.points.AvatarReads.Change;
import org.carnet.node.points.AvatarReads.Subscription;
import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.node.problems.Problem;
import org.carnet.node.web.StreamHandshake;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriTemplate;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// R4 over WebSocket: the changes of one avatar, or of all (`/api/world/stream`).
///
/// A reader that is too slow loses the oldest changes, never the newest, and is told how many.
final class ChangeSocket extends AbstractWebSocketHandler implements Forgets {
    static final String ONE = "/avatars/{id}/stream";
    static final String ALL = "/api/world/stream";

    private static final int MOST_WAITING = 1024;

    private final AvatarReads avatars;
    private final ReadRecords reads;
    private final Readers allowed;
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    ChangeSocket(AvatarReads avatars, ReadRecords reads, Readers allowed) {
        this.avatars = avatars;
        this.reads = reads;
        this.allowed = allowed;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        var uri = session.getUri();
        var path = uri == null ? "" : uri.getPath();
        var template = new UriTemplate(ONE);
        var avatar =
                template.matches(path)
                        ? Optional.ofNullable(template.match(path).get("id"))
                        : Optional.<String>empty();
        var follower = new Follower(StreamHandshake.caller(session), purpose(uri));
        if (avatar.isPresent() && !mayFollow(follower, avatar.get())) {
            session.close(CloseStatus.POLICY_VIOLATION.withReason("no policy permits this to you"));
            return;
        }
        if (avatar.isPresent() && avatars.view(avatar.get()).isEmpty()) {
            session.close(CloseStatus.POLICY_VIOLATION.withReason("there is no such avatar here"));
            return;
        }
        record(follower, "subscribed", avatar, 0);
        var reader =
                new Reader(session, avatar, follower, reads, change -> mayTell(follower, change));
        readers.put(session.getId(), reader);
        reader.start(avatars);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        var reader = readers.remove(session.getId());
        if (reader == null) return;
        reader.stop();
        record(reader.follower, "unsubscribed", reader.avatar, reader.sent.get());
    }

    @Override
    public String place() {
        return "what waits for followers";
    }

    @Override
    public Stage stage() {
        return Stage.MEMORY;
    }

    /// Followers of an avatar that is gone are sent away; the others miss what was not sent yet.
    @Override
    public Outcome forget(Erasure erasure) {
        int dropped = 0;
        for (var reader : readers.values()) {
            dropped += reader.drop(change -> isForgotten(change, erasure));
            if (reader.avatar.isPresent() && avatars.view(reader.avatar.get()).isEmpty()) {
                reader.end();
            }
        }
        return new Reached(dropped + " changes dropped");
    }

    private boolean isForgotten(Change change, Erasure erasure) {
        var view = avatars.view(change.avatar());
        if (view.isEmpty()) return true;
        return view.get().owner().equals(erasure.subject()) && erasure.covers(change.record());
    }

    private void record(Follower follower, String what, Optional<String> avatar, long changes) {
        var details =
                JsonNodeFactory.instance.objectNode().put(what, "changes").put("sent", changes);
        for (var view :
                avatar.map(id -> avatars.view(id).stream().toList())
                        .orElseGet(
                                () ->
                                        avatars.avatars().stream()
                                                .map(avatars::view)
                                                .flatMap(Optional::stream)
                                                .toList())) {
            if (allowed.mayFollow(follower.caller, view, Set.of(), follower.purpose)) {
                reads.read(follower.caller, view, details);
            }
        }
    }

    /// Asked anew for every change: what was permitted when the stream was opened may not be any more.
    private boolean mayTell(Follower follower, Change change) {
        var properties = change.readings().stream().map(Reading::property).collect(toSet());
        return avatars.view(change.avatar())
                .map(view -> allowed.mayFollow(follower.caller, view, properties, follower.purpose))
                .orElse(false);
    }

    /// Whether any of what the avatar has, or will have, may be told; the decision is on the record.
    private boolean mayFollow(Follower follower, String avatar) {
        try {
            allowed.requireFollowing(follower.caller, avatar, follower.purpose);
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    private static String purpose(@Nullable URI uri) {
        if (uri == null) return "";
        var purpose =
                UriComponentsBuilder.fromUri(uri).build().getQueryParams().getFirst("purpose");
        return purpose == null ? "" : purpose;
    }

    /// Who follows, and what for.
    private record Follower(Caller caller, String purpose) {}

    /// One connection: changes wait in a bounded queue for the one thread that writes to it.
    private static final class Reader {
        private final WebSocketSession session;
        private final Optional<String> avatar;
        private final Follower follower;
        private final ReadRecords reads;
        private final Predicate<Change> mayTell;
        private final ArrayDeque<Change> waiting = new ArrayDeque<>();
        private @Nullable Subscription subscription;
        private long dropped;
        private final AtomicLong sent = new AtomicLong();
        private boolean stopped;

        Reader(
                WebSocketSession session,
                Optional<String> avatar,
                Follower follower,
                ReadRecords reads,
                Predicate<Change> mayTell) {
            this.session = session;
            this.avatar = avatar;
            this.follower = follower;
            this.reads = reads;
            this.mayTell = mayTell;
        }

        void start(AvatarReads avatars) {
            subscription = avatars.subscribe(avatar, this::offer);
            Thread.ofVirtual().name("changes-" + session.getId()).start(this::send);
        }

        synchronized void offer(Change change) {
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(change);
            notifyAll();
        }

        synchronized int drop(Predicate<Change> forgotten) {
            int before = waiting.size();
            waiting.removeIf(forgotten);
            return before - waiting.size();
        }

        void end() {
            stop();
            try {
                session.close(
                        CloseStatus.GOING_AWAY.withReason("there is no such avatar any more"));
            } catch (IOException alreadyGone) {
                // that is what was wanted
            }
        }

        synchronized void stop() {
            stopped = true;
            if (subscription != null) subscription.close();
            notifyAll();
        }

        private @Nullable String next() throws InterruptedException {
            for (var change = take(); change != null; change = take()) {
                if (mayTell.test(change)) return ReadingJson.message(change);
            }
            return null;
        }

        private synchronized @Nullable Change take() throws InterruptedException {
            while (waiting.isEmpty() && !stopped) wait();
            return stopped ? null : waiting.removeFirst();
        }

        /// How many changes were lost since this was last asked.
        private synchronized long lost() {
            long lost = dropped;
            dropped = 0;
            return lost;
        }

        private void send() {
            try {
                for (var message = next(); message != null; message = next()) {
                    long lost = lost();
                    if (lost > 0)
                        session.sendMessage(new TextMessage("{\"dropped\":" + lost + "}"));
                    session.sendMessage(new TextMessage(message));
                    sent.incrementAndGet();
                    reads.told();
                }
            } catch (IOException e) {
                stop(); // the reader went away
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
