// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.node.points.Acks;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// R1 over WebSocket: each message is one update, each is answered by its number, counted from 1.
///
/// So many updates may wait for their answer at once; beyond, nothing more is read from the connection, so the sender
/// feels it. Answers that come together travel together. Whoever connects with `?acks=included,witnessed` is told, too,
/// how many records have been acknowledged so, whenever there are more.
final class UpdateSocket extends AbstractWebSocketHandler {
    static final String PATH = "/updates/stream";

    /// A sender of whom so many messages in a row proved nothing is sent away.
    private static final int MOST_UNPROVEN = 100;

    private final UpdateReceiver receiver;
    private final Senders senders;
    private final Acks acks;
    private final int inFlight;
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();

    /// @param inFlight how many updates of one connection may wait for their answer
    UpdateSocket(UpdateReceiver receiver, Senders senders, Acks acks, int inFlight) {
        this.receiver = receiver;
        this.senders = senders;
        this.acks = acks;
        this.inFlight = inFlight;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        var sender =
                senders.fromHeader(
                        session.getHandshakeHeaders().getFirst(HttpHeaders.AUTHORIZATION));
        if (sender.isEmpty()) {
            session.close(
                    CloseStatus.POLICY_VIOLATION.withReason("the gateway's proof does not hold"));
            return;
        }
        var remote = session.getRemoteAddress();
        var address = remote == null ? "" : remote.getAddress().getHostAddress();
        var stream =
                new Stream(
                        session, sender.get().at("websocket", address), wanted(session.getUri()));
        streams.put(session.getId(), stream);
        stream.tellAcks();
    }

    /// What `?acks=included,witnessed` asks for.
    private static Set<Acks.Level> wanted(@Nullable URI address) {
        var wanted = EnumSet.noneOf(Acks.Level.class);
        var query = address == null ? null : address.getQuery();
        if (query == null) return wanted;
        for (var level : List.of(Acks.Level.INCLUDED, Acks.Level.WITNESSED)) {
            var name = level.name().toLowerCase(Locale.ROOT);
            if (query.matches("(.*&)?acks=([a-z]+,)*" + name + "(,[a-z]+)*(&.*)?")) {
                wanted.add(level);
            }
        }
        return wanted;
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message)
            throws IOException {
        receive(session, Bytes.unsafe(message.asBytes()));
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message)
            throws IOException {
        var bytes = new byte[message.getPayloadLength()];
        message.getPayload().get(bytes);
        receive(session, Bytes.unsafe(bytes));
    }

    private void receive(WebSocketSession session, Bytes update) throws IOException {
        var stream = streams.get(session.getId());
        if (stream == null) return;
        if (stream.unproven > MOST_UNPROVEN) {
            session.close(
                    CloseStatus.POLICY_VIOLATION.withReason(
                            "too many messages that prove nothing"));
            return;
        }
        stream.receive(update);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        var stream = streams.remove(session.getId());
        if (stream != null) stream.close();
    }

    /// One connection.
    private final class Stream {
        private final WebSocketSession session;
        private final Sender sender;
        private final Semaphore free = new Semaphore(inFlight);
        private final StringBuilder waiting = new StringBuilder();
        private final Set<Acks.Level> wanted;
        private final Set<Acks.Level> reached = EnumSet.noneOf(Acks.Level.class);
        private Acks.@Nullable Subscription notices;
        private boolean sending;
        private long received;
        private volatile int unproven;

        Stream(WebSocketSession session, Sender sender, Set<Acks.Level> wanted) {
            this.session = session;
            this.sender = sender;
            this.wanted = wanted;
        }

        /// Tells, of what is wanted, how far it has come now and whenever it comes further.
        void tellAcks() {
            if (wanted.isEmpty()) return;
            notices = acks.subscribe(this::notice);
            wanted.stream().filter(level -> acks.reach(level).isPresent()).forEach(this::notice);
        }

        private void notice(Acks.Level level) {
            if (!wanted.contains(level)) return;
            synchronized (waiting) {
                reached.add(level);
                if (sending) return;
                sending = true;
            }
            Thread.ofVirtual().name("answers-" + session.getId()).start(this::send);
        }

        void receive(Bytes update) {
            free.acquireUninterruptibly();
            long number = ++received;
            receiver.receive(update, sender, answer -> answer(number, answer));
        }

        void close() {
            free.release(inFlight);
            if (notices != null) notices.close();
        }

        private void answer(long number, Answer answer) {
            free.release();
            synchronized (waiting) {
                waiting.append(waiting.isEmpty() ? '[' : ',').append("{\"n\":").append(number);
                switch (answer) {
                    case Answer.Acknowledged acknowledged -> {
                        waiting.append(",\"ack\":\"durable\",\"record\":")
                                .append(acknowledged.record());
                        unproven = 0;
                    }
                    case Answer.Declined declined -> {
                        var refused = declined.refused();
                        waiting.append(",\"refused\":\"")
                                .append(refused.reason().slug())
                                .append('"');
                        waiting.append(",\"detail\":")
                                .append(JsonMapper.shared().writeValueAsString(refused.detail()));
                        if (declined.provesNothing()) unproven++;
                    }
                }
                waiting.append('}');
                if (sending) return;
                sending = true;
            }
            Thread.ofVirtual().name("answers-" + session.getId()).start(this::send);
        }

        private void send() {
            try {
                while (true) {
                    String message;
                    synchronized (waiting) {
                        if (!waiting.isEmpty()) {
                            message = waiting.append(']').toString();
                            waiting.setLength(0);
                        } else if (!reached.isEmpty()) {
                            message = notices();
                        } else {
                            sending = false;
                            return;
                        }
                    }
                    session.sendMessage(new TextMessage(message));
                }
            } catch (IOException | IllegalStateException e) {
                // The sender went away; what it was not told it will learn when it sends again.
                synchronized (waiting) {
                    waiting.setLength(0);
                    reached.clear();
                    sending = false;
                }
            }
        }

        /// `{"included":1024}`: how many records are acknowledged so.
        private String notices() {
            var notice = JsonNodeFactory.instance.objectNode();
            for (var level : reached) {
                var name = level.name().toLowerCase(Locale.ROOT);
                acks.reach(level).ifPresent(reach -> notice.put(name, reach.size()));
            }
            reached.clear();
            return notice.toString();
        }
    }
}
