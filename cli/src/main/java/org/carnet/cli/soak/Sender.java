// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.soak;

import org.carnet.Bytes;
import org.carnet.cli.process.NodeProcess;
import org.carnet.client.Ack;
import org.carnet.client.ThingDescription;
import org.carnet.client.UpdateStream;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// One thing that sends as fast as the node answers, remembers what it was told, and never believes more.
final class Sender {
    private static final int IN_FLIGHT = 32;
    private static final String PROPERTY = "acceleration-x";

    /// Stands for the record of an update that a replay refusal showed to be there already.
    private static final long UNNAMED = -1;

    private final SigningKey key;
    private final String avatar;
    private final InstantSource clock;
    private final Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<Long, Bytes> unanswered = new ConcurrentSkipListMap<>();
    private volatile @Nullable String refusal;
    private long sequence;
    private @Nullable Thread thread;

    private Sender(SigningKey key, String avatar, InstantSource clock) {
        this.key = key;
        this.avatar = avatar;
        this.clock = clock;
    }

    static Sender enrol(NodeProcess node, int number, InstantSource clock) throws IOException {
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var sender = new Sender(key, "runner-" + number, clock);
        var owner = "owner-" + number;
        var description = ThingDescription.of(key.did(), "sensor").quantity(PROPERTY, "m/s2");
        try (var operator = node.operator()) {
            operator.post(
                    "api/things",
                    Map.of(
                            "thingDescription",
                            description.toJson(),
                            "owner",
                            owner,
                            "route",
                            "direct"));
            operator.post(
                    "api/mappings",
                    Map.of(
                            "thing",
                            key.did().value(),
                            "platform",
                            "soak",
                            "avatar",
                            sender.avatar,
                            "owner",
                            owner,
                            "purpose",
                            "soak",
                            "shares",
                            List.of(Map.of("property", PROPERTY)),
                            "notAfter",
                            clock.instant().plus(Duration.ofDays(1)).toString()));
        }
        return sender;
    }

    String thing() {
        return key.did().value();
    }

    String avatar() {
        return avatar;
    }

    /// The record that each acknowledged sequence number was told; -1 where only a replay refusal showed it.
    Map<Long, Long> acknowledged() {
        return acknowledged;
    }

    void start(NodeProcess node) {
        thread = Thread.ofPlatform().name("sender-" + avatar).start(() -> send(node));
    }

    void awaitEnd() throws InterruptedException, IOException {
        if (thread != null) thread.join();
        if (refusal != null) throw new IOException("a good update was refused: " + refusal);
    }

    private void send(NodeProcess node) {
        try (var client = node.anybody();
                var stream = client.stream(IN_FLIGHT)) {
            for (var again : new TreeMap<>(unanswered).entrySet())
                send(stream, again.getKey(), again.getValue());
            while (true) {
                long next = sequence + 1;
                var update = update(next);
                unanswered.put(next, update);
                sequence = next;
                if (send(stream, next, update).isCompletedExceptionally()) return;
            }
        } catch (IOException | RuntimeException e) {
            // The node was killed, which is the point.
        }
    }

    private java.util.concurrent.CompletableFuture<Ack> send(
            UpdateStream stream, long number, Bytes update) {
        var answer = stream.send(update);
        answer.thenAccept(
                ack -> {
                    switch (ack) {
                        case Ack.Durable durable -> acknowledged.put(number, durable.record());
                        case Ack.Refused refused when refused.reason().equals("replay") ->
                                acknowledged.putIfAbsent(number, UNNAMED);
                        case Ack.Refused refused -> refusal = refused.reason();
                    }
                    unanswered.remove(number);
                });
        return answer;
    }

    private Bytes update(long number) {
        Instant now = clock.instant();
        var reading = new Reading(PROPERTY, now, new Value.Quantity(number % 1000), "m/s2");
        return Signer.sign(key, Form.JWS_SENML_JSON, key.did(), number, now, List.of(reading));
    }
}
