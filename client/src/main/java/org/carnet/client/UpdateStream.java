// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// The WebSocket carrier: many packs in flight, answered in batches.
///
/// A JWS travels as a text message and a COSE_Sign1 as a binary one. The node counts messages from 1 and answers
/// with JSON arrays of `{"n":number,"ack":"durable","record":i}` or `{"n":number,"refused":slug,"detail":text}`, and, if
/// asked, with notices `{"included":size,"witnessed":size}`.
public final class UpdateStream implements Carrier {
    /// Packs in flight unless said otherwise; a node takes no more.
    public static final int WINDOW = 1024;

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte FIRST_OF_JWS = 'e';

    private final Outstanding outstanding;
    private final Notices notices;
    private CompletableFuture<WebSocket> sent;
    private long number;

    private UpdateStream(WebSocket socket, Outstanding outstanding, Notices notices) {
        this.sent = CompletableFuture.completedFuture(socket);
        this.outstanding = outstanding;
        this.notices = notices;
    }

    /// @param stream `ws://…/updates/stream` or `wss://…`
    /// @param headers for instance a gateway's `Authorization`
    static UpdateStream open(HttpClient http, URI stream, Map<String, String> headers, int window)
            throws IOException {
        var outstanding = new Outstanding(window);
        var notices = new Notices();
        var builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        try {
            var socket = builder.buildAsync(stream, new Answers(outstanding, notices)).join();
            return new UpdateStream(socket, outstanding, notices);
        } catch (CompletionException e) {
            throw new IOException("no stream to " + stream, e.getCause());
        }
    }

    @Override
    public CompletableFuture<Ack> send(Bytes pack) {
        outstanding.admit();
        synchronized (this) {
            var answer = outstanding.expect(++number);
            sent = sent.thenCompose(socket -> write(socket, pack)).whenComplete(this::watch);
            return answer;
        }
    }

    /// Completes with the number of records that are acknowledged so, once this record is one of them; exceptionally when
    /// the stream has ended before. Only for a stream that was opened to tell it.
    public CompletableFuture<Long> await(Level level, long record) {
        return notices.await(level, record);
    }

    @Override
    public void close() {
        outstanding.drain();
        synchronized (this) {
            sent = sent.thenCompose(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        }
        outstanding.lose(new IOException("the stream is closed"));
        notices.lose(new IOException("the stream is closed"));
    }

    private static CompletableFuture<WebSocket> write(WebSocket socket, Bytes pack) {
        return pack.at(0) == FIRST_OF_JWS
                ? socket.sendText(pack.toUtf8(), true)
                : socket.sendBinary(ByteBuffer.wrap(pack.unsafeArray()), true);
    }

    private void watch(@Nullable WebSocket socket, @Nullable Throwable failure) {
        if (failure != null) outstanding.lose(new IOException("the stream broke", failure));
    }

    /// Hears the node's answers.
    private static final class Answers implements WebSocket.Listener {
        private final Outstanding outstanding;
        private final Notices notices;
        private final StringBuilder text = new StringBuilder();

        Answers(Outstanding outstanding, Notices notices) {
            this.outstanding = outstanding;
            this.notices = notices;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                var message = JSON.readTree(text.toString());
                if (message.isArray()) {
                    for (var answer : message) {
                        outstanding.answer(answer.path("n").asLong(), Ack.of(answer));
                    }
                } else {
                    notices.hear(message);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            lose(new IOException("the node closed the stream: %d %s".formatted(code, reason)));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable cause) {
            lose(new IOException("the stream broke", cause));
        }

        private void lose(IOException cause) {
            outstanding.lose(cause);
            notices.lose(cause);
        }
    }
}
