// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;

import org.carnet.Bytes;
import org.carnet.envelope.Refused;
import org.carnet.node.points.Acks;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// R1 over MQTT 5: things publish updates to the topic `updates` with QoS 1, and PUBACK tells the outcome of each.
///
/// This is no broker: what things publish is delivered to nobody. The one topic to subscribe to is `acks`, which tells how
/// many records are durable, included and witnessed, at once and whenever there are more. A gateway gives its DID as
/// user name and its proof as password; a direct thing needs neither, since every update is signed.
final class MqttListener implements AutoCloseable {
    private static final String TOPIC = "updates";
    private static final String ACKS = "acks";
    private static final int MOST_UNPROVEN = 100;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final UpdateReceiver receiver;
    private final Senders senders;
    private final Acks acks;
    private final int inFlight;
    private final MqttServerOptions options;
    private final Set<MqttEndpoint> readers = ConcurrentHashMap.newKeySet();
    private Acks.@Nullable Subscription notices;

    MqttListener(
            UpdateReceiver receiver,
            Senders senders,
            Acks acks,
            int inFlight,
            MqttServerOptions options) {
        this.options = options;
        this.acks = acks;
        this.receiver = receiver;
        this.senders = senders;
        this.inFlight = inFlight;
    }

    /// Starts to listen; answers the port.
    int listen() {
        // To servers of one Vert.x, -1 means any free port that they share; each has an event loop
        // of its own.
        if (options.getPort() == 0) options.setPort(-1);
        notices = acks.subscribe(level -> tell());
        start();
        return start();
    }

    private int start() {
        return MqttServer.create(vertx, options)
                .endpointHandler(this::connected)
                .exceptionHandler(failure -> {}) // a connection that breaks off harms nobody else
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void connected(MqttEndpoint endpoint) {
        if (endpoint.protocolVersion() != 5) {
            endpoint.reject(
                    io.netty.handler.codec.mqtt.MqttConnectReturnCode
                            .CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
            return;
        }
        var sender = sender(endpoint);
        if (sender.isEmpty()) {
            endpoint.reject(
                    io.netty.handler.codec.mqtt.MqttConnectReturnCode
                            .CONNECTION_REFUSED_NOT_AUTHORIZED_5);
            return;
        }
        var unproven = new AtomicInteger();
        var from = sender.get().at("mqtt", endpoint.remoteAddress().hostAddress());
        endpoint.publishHandler(message -> receive(endpoint, message, from, unproven));
        endpoint.subscribeHandler(subscribe -> subscribe(endpoint, subscribe));
        endpoint.unsubscribeHandler(
                unsubscribe -> {
                    readers.remove(endpoint);
                    endpoint.unsubscribeAcknowledge(unsubscribe.messageId());
                });
        endpoint.closeHandler(closed -> readers.remove(endpoint));
        endpoint.exceptionHandler(failure -> endpoint.close());
        var properties = new MqttProperties();
        properties.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, inFlight));
        properties.add(new IntegerProperty(MqttProperties.MAXIMUM_QOS, 1));
        properties.add(new IntegerProperty(MqttProperties.RETAIN_AVAILABLE, 0));
        if (endpoint.clientIdentifier().isEmpty()) {
            properties.add(
                    new StringProperty(
                            MqttProperties.ASSIGNED_CLIENT_IDENTIFIER,
                            "c" + Integer.toHexString(endpoint.hashCode())));
        }
        endpoint.accept(false, properties);
    }

    /// There is one topic to read: how far each acknowledgement has come.
    private void subscribe(MqttEndpoint endpoint, MqttSubscribeMessage subscribe) {
        boolean acksOnly =
                subscribe.topicSubscriptions().stream()
                        .allMatch(topic -> topic.topicName().equals(ACKS));
        if (!acksOnly) {
            endpoint.disconnect(
                    MqttDisconnectReasonCode.NOT_AUTHORIZED,
                    reason("this is no broker: there is nothing to subscribe to but acks"));
            return;
        }
        endpoint.subscribeAcknowledge(
                subscribe.messageId(),
                subscribe.topicSubscriptions().stream()
                        .map(topic -> MqttQoS.AT_MOST_ONCE)
                        .toList());
        readers.add(endpoint);
        tell(endpoint);
    }

    private void tell() {
        readers.forEach(this::tell);
    }

    private void tell(MqttEndpoint reader) {
        if (!reader.isConnected()) return;
        var sizes = Buffer.buffer(sizes());
        reader.publish(ACKS, sizes, MqttQoS.AT_MOST_ONCE, false, false);
    }

    private String sizes() {
        var sizes = JsonNodeFactory.instance.objectNode();
        for (var level : Acks.Level.values()) {
            var name = level.name().toLowerCase(Locale.ROOT);
            acks.reach(level).ifPresent(reach -> sizes.put(name, reach.size()));
        }
        return sizes.toString();
    }

    private Optional<Sender> sender(MqttEndpoint endpoint) {
        var auth = endpoint.auth();
        if (auth == null || auth.getPassword() == null) return Optional.of(Sender.DIRECT);
        return senders.fromProof(auth.getPassword())
                .filter(
                        sender ->
                                sender.gateway()
                                        .filter(did -> did.value().equals(auth.getUsername()))
                                        .isPresent());
    }

    private void receive(
            MqttEndpoint endpoint,
            MqttPublishMessage message,
            Sender sender,
            AtomicInteger unproven) {
        if (!message.topicName().equals(TOPIC)) {
            acknowledge(
                    endpoint,
                    message,
                    MqttPubAckReasonCode.TOPIC_NAME_INVALID,
                    "updates go to the topic updates");
            return;
        }
        if (unproven.get() > MOST_UNPROVEN) {
            endpoint.disconnect(
                    MqttDisconnectReasonCode.MESSAGE_RATE_TOO_HIGH,
                    reason("too much that proves nothing"));
            return;
        }
        receiver.receive(
                Bytes.unsafe(message.payload().getBytes()),
                sender,
                answer -> {
                    switch (answer) {
                        case Answer.Acknowledged acknowledged -> {
                            unproven.set(0);
                            acknowledge(endpoint, message, MqttPubAckReasonCode.SUCCESS, "");
                        }
                        case Answer.Declined declined -> {
                            var refused = declined.refused();
                            if (declined.provesNothing()) unproven.incrementAndGet();
                            acknowledge(
                                    endpoint,
                                    message,
                                    code(refused),
                                    refused.reason().slug() + ": " + refused.detail());
                        }
                    }
                });
    }

    /// The nearest of the codes that MQTT 5 allows in a PUBACK; the reason string tells exactly.
    private static MqttPubAckReasonCode code(Refused refused) {
        return switch (refused.reason()) {
            case RATE_LIMITED, TOO_LARGE, STORAGE_FULL -> MqttPubAckReasonCode.QUOTA_EXCEEDED;
            case MALFORMED_ENVELOPE, MALFORMED_SENML, UNSUPPORTED_ALGORITHM ->
                    MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID;
            case REPLAY, STALE_SEQUENCE, CLOCK_SKEW ->
                    MqttPubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
            case UNAVAILABLE -> MqttPubAckReasonCode.UNSPECIFIED_ERROR;
            case UNKNOWN_THING,
                    WRONG_KEY,
                    BAD_SIGNATURE,
                    WRONG_ROUTE,
                    UNMAPPED_PROPERTY,
                    MAPPING_NOT_STARTED,
                    MAPPING_EXPIRED,
                    MAPPING_PAUSED,
                    MAPPING_ENDED,
                    SUSPENDED,
                    REVOKED_KEY,
                    DECOMMISSIONED ->
                    MqttPubAckReasonCode.NOT_AUTHORIZED;
        };
    }

    private static void acknowledge(
            MqttEndpoint endpoint,
            MqttPublishMessage message,
            MqttPubAckReasonCode code,
            String why) {
        if (message.qosLevel() != MqttQoS.AT_LEAST_ONCE || !endpoint.isConnected()) return;
        endpoint.publishAcknowledge(
                message.messageId(),
                code,
                why.isEmpty() ? MqttProperties.NO_PROPERTIES : reason(why));
    }

    private static MqttProperties reason(String why) {
        var properties = new MqttProperties();
        properties.add(new StringProperty(MqttProperties.REASON_STRING, why));
        return properties;
    }

    @Override
    public void close() {
        if (notices != null) notices.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }
}
