// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.Tally;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Against two platforms that have exactly what the test gives them.
class ReckoningTest {
    private static final SigningKey WATCH =
            SigningKey.generate(Algorithm.ED25519, new SecureRandom());

    private final List<HttpServer> servers = new ArrayList<>();
    private final Receipts receipts = new Receipts(new Tally());

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void nothingIsLostWhenEverythingAcknowledgedIsOnBothRecordsAndApplied() throws IOException {
        acknowledge(1, 2, 3);

        assertThat(lost(platform(0, 1, 2, 3, 4), platform(3, 1, 2, 3))).isZero();
    }

    @Test
    void anUpdateThatEitherPlatformDoesNotHaveIsLostOnce() throws IOException {
        acknowledge(1, 2, 3, 4);

        assertThat(lost(platform(0, 1, 3, 4), platform(2, 1, 3))).isEqualTo(2);
        assertThat(lost(platform(0, 1, 2, 3), platform(3, 1, 2, 3))).isEqualTo(1);
    }

    @Test
    void anUpdateThatIsRecordedAndNotAppliedIsLost() throws IOException {
        acknowledge(1, 2, 3);

        assertThat(lost(platform(0, 1, 2, 3), platform(2, 1, 2, 3))).isEqualTo(1);
    }

    @Test
    void aRefusedUpdateIsNobodysLoss() throws IOException {
        receipts.answered(pack(9), new Ack.Refused("replay", ""), Duration.ZERO);

        assertThat(lost(platform(0), platform(0))).isZero();
    }

    private void acknowledge(long... sequences) {
        for (var sequence : sequences) {
            receipts.answered(pack(sequence), new Ack.Durable(sequence), Duration.ZERO);
        }
    }

    private static Bytes pack(long sequence) {
        var now = Instant.parse("2026-11-20T12:00:00Z");
        var reading = new Reading("lamp", now, new Value.Flag(true), "");
        return Signer.sign(
                WATCH, Form.JWS_SENML_JSON, WATCH.did(), sequence, now, List.of(reading));
    }

    private long lost(NodeClient pulse, NodeClient agora) throws IOException {
        return Reckoning.lost(
                receipts, Map.of(WATCH.did().value(), "walker"), List.of(pulse, agora));
    }

    /// A platform with the avatar `walker` and records of received updates, two to a page.
    private NodeClient platform(long applied, long... received) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var query = exchange.getRequestURI().getQuery();
                    var body =
                            query == null
                                    ? "[{\"id\":\"walker\",\"applied\":%d}]".formatted(applied)
                                    : page(
                                            Long.parseLong(query.replaceAll(".*before=", "")),
                                            received);
                    var bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        servers.add(server);
        return NodeClient.open(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Trust.usual());
    }

    private static String page(long before, long... received) {
        int end = (int) Math.min(before, received.length);
        int start = Math.max(0, end - 2);
        var records = new ArrayList<String>();
        for (int i = end - 1; i >= start; i--) {
            records.add(
                    "{\"details\":{\"thing\":\"%s\",\"sequence\":%d}}"
                            .formatted(WATCH.did(), received[i]));
        }
        var next = start > 0 ? "\"next\":%d,".formatted(start) : "";
        return "{%s\"records\":%s}".formatted(next, records);
    }
}
