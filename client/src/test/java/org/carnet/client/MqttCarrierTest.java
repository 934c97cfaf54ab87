// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.carnet.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Against a server that plays MQTT 5 byte by byte (OASIS MQTT 5.0, chapter 3).
class MqttCarrierTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String CONNECT_AS_WATCH =
            "10120004 4d515454 05 02 0000 00 0005 7761746368";
    private static final String CONNACK = "2006 00 00 03 21 0002";
    private static final String PUBLISH_1 = "320e 0007 75706461746573 0001 00 6579";
    private static final String PUBLISH_2 = "320e 0007 75706461746573 0002 00 d284";

    private ServerSocket server;

    /// What the node does with one connection.
    interface Node {
        void serve(Socket socket) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void packsArePublishedAndPubacksAreTheAnswers() throws IOException {
        var node =
                node(
                        socket -> {
                            expect(socket, CONNECT_AS_WATCH);
                            say(socket, CONNACK);
                            expect(socket, PUBLISH_1);
                            expect(socket, PUBLISH_2);
                            // refused with the reason string "replay: seen", then one without any
                            // property
                            say(socket, "4013 0002 87 0f 1f 000c 7265706c61793a207365656e");
                            say(socket, "4002 0001");
                            expect(socket, "e000");
                        });
        try (var carrier = open()) {
            var first = carrier.send(Bytes.hex("6579"));
            var second = carrier.send(Bytes.hex("d284"));

            assertThat(second).succeedsWithin(SOON).isEqualTo(new Ack.Refused("replay", "seen"));
            assertThat(first)
                    .succeedsWithin(SOON)
                    .isEqualTo(new Ack.Durable(Ack.Durable.UNNUMBERED));
        }
        assertThat(node).succeedsWithin(SOON);
    }

    @Test
    void aConnectionThatIsRefusedSaysWhy() {
        node(
                socket -> {
                    expect(socket, CONNECT_AS_WATCH);
                    say(socket, "2003 00 87 00");
                });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::open)
                .withMessage("the node refuses the MQTT connection: no reason given (code 135)");
    }

    @Test
    void whatIsUnansweredFailsWhenTheNodeGoesAway() throws IOException {
        node(
                socket -> {
                    expect(socket, CONNECT_AS_WATCH);
                    say(socket, CONNACK);
                    expect(socket, PUBLISH_1);
                });
        try (var carrier = open()) {
            assertThat(carrier.send(Bytes.hex("6579"))).failsWithin(SOON);
        }
    }

    private MqttCarrier open() throws IOException {
        var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        return MqttCarrier.open(address, Optional.empty(), "watch");
    }

    private CompletableFuture<Void> node(Node behaviour) {
        var served = new CompletableFuture<Void>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (var socket = server.accept()) {
                                behaviour.serve(socket);
                                served.complete(null);
                            } catch (IOException | AssertionError e) {
                                served.completeExceptionally(e);
                            }
                        });
        return served;
    }

    private static void expect(Socket socket, String hex) throws IOException {
        var expected = Bytes.hex(hex.replace(" ", ""));
        var heard = socket.getInputStream().readNBytes(expected.length());
        assertThat(Bytes.copyOf(heard).toHex()).isEqualTo(expected.toHex());
    }

    private static void say(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(Bytes.hex(hex.replace(" ", "")).toArray());
    }
}
