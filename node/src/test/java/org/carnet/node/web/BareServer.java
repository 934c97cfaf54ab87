// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.AccessConfiguration;
import org.carnet.node.access.Authenticator;
import org.carnet.node.access.BootstrapToken;
import org.carnet.node.access.Caller;
import org.carnet.node.access.Role;
import org.carnet.node.points.Records;
import org.carnet.node.problems.ProblemConfiguration;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.carnet.node.tls.TlsConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The node's web server without agents and database, on free ports, with what a test adds.
public final class BareServer implements AutoCloseable {
    /// What a test sends to be taken for an operator: a way of its own to find out who asks.
    public static final String OPERATOR = "Test operator";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Caller SOMEBODY =
            new Caller(
                    Caller.Kind.SERVICE,
                    "operator",
                    Set.of(Role.ADMINISTRATOR, Role.OPERATOR),
                    Set.of("pop"),
                    Instant.EPOCH);

    private final AnnotationConfigServletWebServerApplicationContext context;
    private final String token;

    private BareServer(AnnotationConfigServletWebServerApplicationContext context, String token) {
        this.context = context;
        this.token = token;
    }

    public static BareServer start(Path data, Map<String, String> more, List<Class<?>> beans)
            throws IOException {
        return start(data, more, beans, InstantSource.system());
    }

    /// With a clock of the test's own.
    public static BareServer start(
            Path data, Map<String, String> more, List<Class<?>> beans, InstantSource clock)
            throws IOException {
        var settings =
                new HashMap<>(
                        Map.of(
                                "http.port", "0",
                                "data.directory", data.toString(),
                                "tls.authority", data.resolve("authority").toString()));
        settings.putAll(more);
        var access = BootstrapToken.open(data.resolve("keys"));
        var context = new AnnotationConfigServletWebServerApplicationContext();
        context.registerBean(Settings.class, () -> Settings.of(settings));
        context.registerBean(Ports.class, Ports::new);
        context.registerBean(InstantSource.class, () -> clock);
        context.registerBean(BootstrapToken.class, () -> access);
        context.registerBean(Records.class, MemoryRecords::new);
        context.registerBean(Authenticator.class, () -> BareServer::operator);
        context.register(
                WebConfiguration.class,
                AccessConfiguration.class,
                ProblemConfiguration.class,
                TlsConfiguration.class);
        beans.forEach(context::register);
        context.refresh();
        return new BareServer(context, access.fresh().orElseThrow());
    }

    private static Optional<Caller> operator(HttpServletRequest request) {
        return OPERATOR.equals(request.getHeader("Authorization"))
                ? Optional.of(SOMEBODY)
                : Optional.empty();
    }

    public Ports ports() {
        return context.getBean(Ports.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// The token of the first start, which only enrols.
    public String token() {
        return token;
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + ports().of("http").orElseThrow() + path);
    }

    /// As nobody in particular.
    public HttpResponse<String> asStranger(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).header("Authorization", OPERATOR);
    }

    public HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
    }
}
