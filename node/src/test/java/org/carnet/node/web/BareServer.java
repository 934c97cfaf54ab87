// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.carnet.node.access.AccessConfiguration;
import org.carnet.node.access.BootstrapToken;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The node's web server without agents and database, on free ports, with what a test adds.
public final class BareServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
        context.register(
                WebConfiguration.class,
                AccessConfiguration.class,
                ProblemConfiguration.class,
                TlsConfiguration.class);
        beans.forEach(context::register);
        context.refresh();
        return new BareServer(context, access.fresh().orElseThrow());
    }

    public Ports ports() {
        return context.getBean(Ports.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public String token() {
        return token;
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + ports().of("http").orElseThrow() + path);
    }

    /// Without a token.
    public HttpResponse<String> asStranger(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + token);
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
