// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.node.access.Routes;
import org.carnet.node.database.Database;
import org.carnet.node.settings.Settings;
import org.carnet.node.web.BareServer;
import org.carnet.node.web.StreamHandshake;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// The node's web server with people and the real PostgreSQL, a record in memory and a clock that tests move.
final class PeopleServer implements AutoCloseable {
    private static final AtomicReference<Instant> NOW =
            new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private static final AtomicReference<Database> DATABASE = new AtomicReference<>();

    private final BareServer server;
    final Told record;

    private PeopleServer(BareServer server) {
        this.server = server;
        this.record = server.bean(Told.class);
    }

    /// What people need of the rest of a node, and a guarded stream.
    @Configuration(proxyBeanMethods = false)
    static class Rest {
        @Bean
        JdbcClient jdbc() {
            return JdbcClient.create(DATABASE.get().dataSource());
        }

        @Bean
        @Primary
        Told told() {
            return new Told();
        }

        @Bean
        SecureRandom random() {
            return new SecureRandom();
        }

        @Bean
        Routes.More lines() {
            return new Routes.More("GET /api/stream readNode Node");
        }

        /// Without the check of Spring's own, which would stand in for the node's.
        @Bean
        WebSocketConfigurer stream(StreamHandshake handshake) {
            return registry ->
                    registry.addHandler(new AbstractWebSocketHandler() {}, "/api/stream")
                            .setAllowedOrigins("*")
                            .setHandshakeHandler(handshake);
        }
    }

    static PeopleServer start(Path home) throws IOException {
        var data = home.resolve("node");
        var settings = Settings.of(Map.of("data.directory", data.toString()));
        DATABASE.set(Database.open(settings.database(), data));
        return new PeopleServer(
                BareServer.start(
                        data, Map.of(), List.of(Rest.class, PeopleConfiguration.class), NOW::get));
    }

    String token() {
        return server.token();
    }

    AccountBook accounts() {
        return server.bean(AccountBook.class);
    }

    <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    /// As a browser calls it, so that passkeys work.
    String origin() {
        return "http://localhost:" + server.ports().of("http").orElseThrow();
    }

    URI at(String path) {
        return URI.create(origin() + path);
    }

    Instant now() {
        return NOW.get();
    }

    void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    @Override
    public void close() throws IOException {
        server.close();
        DATABASE.get().close();
    }
}
