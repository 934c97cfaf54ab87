// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.NodeClient;
import org.carnet.client.Trust;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One node as a process of its own, with its own database, log and keys.
///
/// Things and other nodes reach it over TLS, a browser on this machine over plain HTTP.
final class Platform implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int STARTING_MINUTES = 3;
    private static final int STOPPING_SECONDS = 15;
    private static final String TOKEN = "#token=";

    private final String name;
    private final Path directory;
    private final Process process;
    private final Map<String, Integer> ports;
    private final Trusting trusting;
    private final CompletableFuture<String> token = new CompletableFuture<>();

    /// Finds the shared development authority once the first node has made it.
    interface Trusting {
        Trust get() throws IOException;
    }

    private Platform(
            String name,
            Path directory,
            Process process,
            Map<String, Integer> ports,
            Trusting trusting) {
        this.name = name;
        this.directory = directory;
        this.process = process;
        this.ports = ports;
        this.trusting = trusting;
    }

    /// Starts a node that knows the other platforms as its peers.
    ///
    /// @param program the command that is Carnet
    static Platform start(
            Workshop workshop, List<String> program, String name, List<Platform> peers)
            throws IOException {
        var ports = Map.of("http", freePort(), "tls", freePort(), "mqtt", freePort());
        var authority = workshop.path("authority");
        var pem = authority.resolve("authority.pem");
        var settings = new ArrayList<String>();
        settings.add("name=" + name);
        settings.add("data.directory=" + workshop.path(name));
        settings.add("http.port=" + ports.get("http"));
        settings.add("tls.port=" + ports.get("tls"));
        settings.add("tls.authority=" + authority);
        settings.add("mqtt.port=" + ports.get("mqtt"));
        settings.add("mqtt.tls=true");
        for (var peer : peers) {
            settings.add("peers.%s=%s".formatted(peer.name, peer.tlsAddress("https")));
            settings.add("peers.%s.authority=%s".formatted(peer.name, pem));
        }
        var config = workshop.path(name + ".properties");
        Files.write(config, settings);

        var command = new ArrayList<>(program);
        command.addAll(List.of("up", "--config", config.toString(), "--until-end-of-input"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("CARNET_"));
        var process = builder.start();
        workshop.remember(process);
        var platform =
                new Platform(name, workshop.path(name), process, ports, () -> Trust.authority(pem));
        Thread.ofVirtual().name("output-" + name).start(() -> platform.listen(workshop));
        return platform;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        }
    }

    /// Reads what the node says: its token when it has started, everything into a file.
    private void listen(Workshop workshop) {
        try (var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                var file = Files.newBufferedWriter(workshop.path(name + ".out"))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var at = line.indexOf(TOKEN);
                if (at >= 0) token.complete(line.substring(at + TOKEN.length()));
                file.write(line.replaceAll("token.*", "token"));
                file.newLine();
                file.flush();
            }
            token.completeExceptionally(
                    new IOException(
                            "node %s ended: %s says why"
                                    .formatted(name, workshop.path(name + ".out"))));
        } catch (IOException e) {
            token.completeExceptionally(e);
        }
    }

    /// Waits until the node listens.
    void awaitStarted() throws IOException, InterruptedException {
        try {
            token.get(STARTING_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new IOException("node " + name + " does not start", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("node " + name + " has not started within three minutes", e);
        }
    }

    String name() {
        return name;
    }

    Path directory() {
        return directory;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The management of this node, over TLS.
    NodeClient manage() throws IOException {
        return NodeClient.open(tlsAddress("https"), trusting.get()).withToken(token.join());
    }

    Trust trust() throws IOException {
        return trusting.get();
    }

    /// Where things send to, by `https`, `wss` or `mqtts`.
    URI tlsAddress(String scheme) {
        return URI.create(
                "%s://%s:%d"
                        .formatted(
                                scheme, HOST, ports.get(scheme.equals("mqtts") ? "mqtt" : "tls")));
    }

    /// The page for a browser on this machine.
    URI page() {
        return URI.create(
                "http://%s:%d/%s%s".formatted(HOST, ports.get("http"), TOKEN, token.join()));
    }

    /// The page without what gives access to it.
    URI address() {
        return URI.create("http://%s:%d/".formatted(HOST, ports.get("http")));
    }

    /// Stops the node cleanly, or by force if it does not follow.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static void closeAll(List<Platform> platforms) {
        // Told together, waited for one by one.
        platforms.forEach(platform -> platform.process.destroy());
        platforms.forEach(Platform::close);
    }

    @Override
    public String toString() {
        return name;
    }
}
