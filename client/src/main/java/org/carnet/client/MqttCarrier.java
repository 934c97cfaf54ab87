// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.BufferUnderflowException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLSocket;

/// The MQTT 5 carrier: packs are published to the topic `updates` at least once, and each PUBACK is the answer.
///
/// Reason code 0 means durable; otherwise the reason string is `slug: detail` of the refusal.
public final class MqttCarrier implements Carrier {
    private static final String TOPIC = "updates";
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int PACKET_IDS = 65_535;

    private final Socket socket;
    private final DataInputStream in;
    private final Outstanding outstanding;
    private long number;

    private MqttCarrier(Socket socket, DataInputStream in, Outstanding outstanding) {
        this.socket = socket;
        this.in = in;
        this.outstanding = outstanding;
    }

    /// @param trust empty for MQTT without TLS, which a node speaks on loopback only
    /// @param client the client identifier, unique at the node
    public static MqttCarrier open(InetSocketAddress node, Optional<Trust> trust, String client)
            throws IOException {
        return open(node, trust, client, "", "");
    }

    /// For a gateway, which proves who it is.
    ///
    /// @param user the gateway's DID
    /// @param password its proof
    public static MqttCarrier open(
            InetSocketAddress node,
            Optional<Trust> trust,
            String client,
            String user,
            String password)
            throws IOException {
        var socket = connect(node, trust);
        try {
            socket.getOutputStream().write(MqttWire.connect(client, user, password));
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            var carrier = new MqttCarrier(socket, in, new Outstanding(windowIn(MqttWire.read(in))));
            socket.setSoTimeout(0);
            Thread.ofVirtual().name("mqtt-acks").start(carrier::hear);
            return carrier;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket connect(InetSocketAddress node, Optional<Trust> trust)
            throws IOException {
        var plain = new Socket();
        plain.connect(node, PATIENCE_MILLIS);
        plain.setSoTimeout(PATIENCE_MILLIS);
        plain.setTcpNoDelay(true);
        if (trust.isEmpty()) return plain;
        var factory = trust.get().context().getSocketFactory();
        var tls =
                (SSLSocket) factory.createSocket(plain, node.getHostString(), node.getPort(), true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3"});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static int windowIn(MqttWire.Packet answer) throws IOException {
        if (answer.type() != MqttWire.CONNACK)
            throw new IOException("the node does not speak MQTT 5");
        answer.body().get(); // no session is ever present
        int code = Byte.toUnsignedInt(answer.body().get());
        var properties = MqttWire.properties(answer.body());
        if (code != 0) {
            throw new IOException(
                    "the node refuses the MQTT connection: %s (code %d)"
                            .formatted(properties.getOrDefault("reason", "no reason given"), code));
        }
        var most = Integer.parseInt(properties.getOrDefault("window", "" + UpdateStream.WINDOW));
        return Math.min(most, UpdateStream.WINDOW);
    }

    @Override
    public CompletableFuture<Ack> send(Bytes pack) {
        outstanding.admit();
        synchronized (this) {
            int id = (int) (number++ % PACKET_IDS) + 1;
            var answer = outstanding.expect(id);
            try {
                socket.getOutputStream().write(MqttWire.publish(TOPIC, id, pack.unsafeArray()));
            } catch (IOException e) {
                outstanding.lose(e);
            }
            return answer;
        }
    }

    @Override
    public void close() {
        outstanding.drain();
        outstanding.lose(new IOException("the connection is closed"));
        try (socket) {
            socket.getOutputStream().write(MqttWire.disconnect());
        } catch (IOException alreadyGone) {
            return;
        }
    }

    private void hear() {
        try {
            while (true) {
                var packet = MqttWire.read(in);
                switch (packet.type()) {
                    case MqttWire.PUBACK -> answer(packet);
                    case MqttWire.DISCONNECT ->
                            throw new IOException("the node closed the connection");
                    default -> throw new IOException("an MQTT packet of type " + packet.type());
                }
            }
        } catch (IOException | BufferUnderflowException e) {
            outstanding.lose(
                    e instanceof IOException io ? io : new IOException("a cut MQTT packet", e));
        }
    }

    private void answer(MqttWire.Packet packet) throws IOException {
        var body = packet.body();
        int id = Short.toUnsignedInt(body.getShort());
        int code = body.hasRemaining() ? Byte.toUnsignedInt(body.get()) : 0;
        var properties = MqttWire.properties(body);
        var durable = new Ack.Durable(Ack.Durable.UNNUMBERED);
        outstanding.answer(
                id,
                code == 0 ? durable : refused(properties.getOrDefault("reason", "code-" + code)));
    }

    private static Ack refused(String reason) {
        var colon = reason.indexOf(": ");
        return colon < 0
                ? new Ack.Refused(reason, "")
                : new Ack.Refused(reason.substring(0, colon), reason.substring(colon + 2));
    }
}
