// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.node.web.BareServer;
import org.carnet.node.web.StreamHandshake;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

final class AccessTest {
    private static BareServer server;

    /// A guarded stream and an open one.
    @Configuration(proxyBeanMethods = false)
    static class Streams {
        @Bean
        Routes.More lines() {
            return new Routes.More("GET /api/stream readNode Node");
        }

        @Bean
        WebSocketConfigurer streams(StreamHandshake handshake) {
            return registry ->
                    registry.addHandler(
                                    new AbstractWebSocketHandler() {},
                                    "/api/stream",
                                    "/updates/stream")
                            .setHandshakeHandler(handshake);
        }
    }

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = BareServer.start(data, Map.of(), List.of(Streams.class));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/node",
                "/avatars/walker-02/nothing",
                "/anything",
                "/updates/other",
                "/health/secret",
                "/docsx",
                "/checkpoint/x"
            })
    void whatIsNotNamedOpenIsGuarded(String path) throws Exception {
        assertThat(server.asStranger(path).statusCode()).isEqualTo(401);
        assertThat(server.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void theTokenOfTheFirstStartOpensNothing() throws Exception {
        for (var scheme : List.of("Bearer ", "DPoP ", "Basic ", "")) {
            assertThat(server.send(presenting(scheme + server.token())).statusCode())
                    .as(scheme)
                    .isEqualTo(401);
        }
    }

    /// Sent as raw bytes: clients tidy such paths up.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/../api/nothing",
                "/docs/..;/api/nothing",
                "/docs/%2e%2e/api/nothing",
                "//api/nothing",
                "/docs/..%2fapi/nothing",
                "/docs/;/../../api/nothing",
                "/docs\\..\\api"
            })
    void aPathThatTriesToLookOpenGetsNowhere(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 400 .*");
    }

    @Test
    void aStreamIsOpenedWithOrWithoutItsSubprotocol() {
        var program =
                connect("/api/stream", builder().header("Authorization", BareServer.OPERATOR));
        assertThat(program.getSubprotocol()).isEmpty();
        program.abort();
        var browser =
                connect(
                        "/api/stream",
                        builder()
                                .header("Authorization", BareServer.OPERATOR)
                                .subprotocols("carnet"));
        assertThat(browser.getSubprotocol()).isEqualTo("carnet");
        browser.abort();
        connect("/updates/stream", builder()).abort();
    }

    @Test
    void aStreamIsNotOpenedForWhoProvesNothing() {
        for (var stranger :
                List.of(builder(), builder().subprotocols("carnet", "bearer." + server.token()))) {
            assertThatThrownBy(() -> connect("/api/stream", stranger))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
        }
    }

    @Test
    void aPageOfAnotherSiteCannotOpenAStreamEvenForAnOperator() throws Exception {
        var answer =
                raw(
                        """
                        GET /api/stream HTTP/1.1
                        Host: 127.0.0.1
                        Connection: Upgrade
                        Upgrade: websocket
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                        Origin: https://evil.example
                        Authorization: %s

                        """
                                .replace("\n", "\r\n")
                                .formatted(BareServer.OPERATOR));
        assertThat(answer).startsWith("HTTP/1.1 403");
    }

    @Test
    void aDeletedHashMeansAFreshTokenAndOnlyTheHashIsKept(@TempDir Path keys) throws Exception {
        var token = BootstrapToken.open(keys).fresh().orElseThrow();
        assertThat(BootstrapToken.open(keys).matches(token)).isTrue();
        assertThat(BootstrapToken.open(keys).fresh()).isEmpty();
        assertThat(Files.readString(keys.resolve("token.sha256"))).doesNotContain(token);
        Files.delete(keys.resolve("token.sha256"));
        assertThat(BootstrapToken.open(keys).matches(token)).isFalse();
    }

    private static HttpRequest.Builder presenting(String authorization) {
        return HttpRequest.newBuilder(server.at("/api/nothing"))
                .header("Authorization", authorization);
    }

    /// The start of what the server answers to these very bytes.
    private static String raw(String request) throws Exception {
        try (var socket = new Socket("127.0.0.1", server.at("/").getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
        }
    }

    private static WebSocket.Builder builder() {
        return HttpClient.newHttpClient().newWebSocketBuilder();
    }

    private static WebSocket connect(String path, WebSocket.Builder builder) {
        var address = URI.create(server.at(path).toString().replace("http:", "ws:"));
        return builder.buildAsync(address, new WebSocket.Listener() {}).join();
    }
}
