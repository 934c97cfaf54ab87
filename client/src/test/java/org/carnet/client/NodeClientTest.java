// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Against a small server that answers what the test tells it to.
class NodeClientTest {
    private static final Bytes PACK = Bytes.utf8("eyJ.e30.c2ln");

    private record Answer(int status, Bytes body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private NodeClient node;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var path = exchange.getRequestURI().getRawPath();
                    asked.add(
                            "%s %s %s"
                                    .formatted(
                                            exchange.getRequestMethod(),
                                            path,
                                            exchange.getRequestHeaders()
                                                    .getFirst("Authorization")));
                    var answer = answers.getOrDefault(path, new Answer(404, Bytes.utf8("nothing")));
                    exchange.sendResponseHeaders(answer.status, answer.body.length());
                    exchange.getResponseBody().write(answer.body.toArray());
                    exchange.close();
                });
        server.start();
        node =
                NodeClient.open(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        Trust.usual());
    }

    @AfterEach
    void stop() {
        node.close();
        server.stop(0);
    }

    @Test
    void aTokenTravelsAsBearerAndAProofAsDid() throws IOException {
        answer("/api/node", 200, "{\"name\":\"agora\"}");

        assertThat(node.get("api/node").path("name").asString()).isEqualTo("agora");
        node.withToken("secret").get("/api/node");
        node.withGatewayProof("a.b.c").get("api/node");

        assertThat(asked)
                .containsExactly(
                        "GET /api/node null",
                        "GET /api/node Bearer secret",
                        "GET /api/node DID a.b.c");
    }

    @Test
    void aProblemIsARefusalWithItsReason() {
        answer(
                "/api/things",
                401,
                "{\"type\":\"/problems/unauthorized\",\"detail\":\"A token is missing.\"}");

        assertThatExceptionOfType(NodeRefused.class)
                .isThrownBy(() -> node.post("api/things", Map.of()))
                .withMessage("the node answers 401: unauthorized: A token is missing.")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo("unauthorized"));
    }

    @Test
    void whatIsNoProblemDocumentIsARefusalToo() {
        assertThatExceptionOfType(NodeRefused.class)
                .isThrownBy(() -> node.text("missing"))
                .withMessage("the node answers 404")
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void aPackIsAnsweredWithItsRecordOrARefusal() {
        answer("/updates", 200, "{\"ack\":\"durable\",\"record\":41}");
        try (var posts = node.posts()) {
            assertThat(posts.send(PACK).join()).isEqualTo(new Ack.Durable(41));
            answer("/updates", 409, "{\"type\":\"/problems/replay\",\"detail\":\"seen\"}");
            assertThat(posts.send(PACK).join()).isEqualTo(new Ack.Refused("replay", "seen"));
            answer("/updates", 502, "a proxy is confused");
            assertThat(posts.send(PACK)).failsWithin(java.time.Duration.ofSeconds(5));
        }
    }

    @Test
    void aPartialTileThatIsGoneIsCutFromTheFullOne() throws IOException {
        var full = Bytes.unsafe(new byte[Tile.FULL_WIDTH * 32]);
        var entries = Collections.nCopies(Tile.FULL_WIDTH, Bytes.utf8("entry"));
        answers.put("/tile/0/000", new Answer(200, full));
        answers.put("/tile/entries/000", new Answer(200, new EntryBundle(entries).encode()));
        var log = new LogClient(node);

        assertThat(log.tile(new Tile(0, 0, 3)).length()).isEqualTo(3 * 32);
        assertThat(EntryBundle.parse(log.entries(0, 3), 3).entries()).hasSize(3);
        answer("/tile/0/000", 200, "short");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.tile(new Tile(0, 0, 3)));
    }

    @Test
    void onlyHttpAddressesAreNodes() {
        for (var address : List.of("ftp://node/", "node", "http:///x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NodeClient.open(URI.create(address), Trust.usual()));
        }
    }

    private void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, Bytes.utf8(body)));
    }
}
