// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.cli.process.NodeProcess;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One node of the demo.
///
/// Things, other nodes and the demo itself reach it over TLS, a browser on this machine over plain HTTP.
final class Platform implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final String name;
    private final NodeProcess node;
    private final Ports ports;
    private final Path authority;

    private record Ports(int http, int tls, int mqtt) {}

    private Platform(String name, NodeProcess node, Ports ports, Path authority) {
        this.name = name;
        this.node = node;
        this.ports = ports;
        this.authority = authority;
    }

    /// Starts a node that forwards to these peers; it listens after [#awaitStarted].
    ///
    /// @param more settings
    static Platform start(
            Workshop workshop, String name, List<Platform> peers, Map<String, String> more)
            throws IOException {
        var ports = new Ports(freePort(), freePort(), freePort());
        var authority = workshop.path("authority");
        var pem = authority.resolve("authority.pem");
        var settings = new TreeMap<String, String>();
        settings.put("name", name);
        settings.put("http.port", "" + ports.http());
        settings.put("tls.port", "" + ports.tls());
        settings.put("tls.authority", authority.toString());
        settings.put("mqtt.port", "" + ports.mqtt());
        settings.put("mqtt.tls", "true");
        settings.put("people.link", "PT12H");
        settings.put("witness.authority", pem.toString());
        settings.put("did.host", "localhost:" + ports.tls());
        settings.put("credentials.url", "https://localhost:" + ports.tls());
        settings.putAll(more);
        for (var peer : peers) {
            settings.put("peers." + peer, peer.address("https").toString());
            settings.put("peers." + peer + ".authority", pem.toString());
        }
        // Little memory and little to compile: the machine is shared by three nodes and the demo.
        var node =
                NodeProcess.launch(
                        workshop.path(name),
                        settings,
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1");
        workshop.remember(node.process());
        return new Platform(name, node, ports, pem);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        }
    }

    void awaitStarted() throws IOException, InterruptedException {
        node.awaitStarted();
    }

    void requireAlive() throws IOException {
        if (!node.process().isAlive()) throw new IOException("node " + name + " has ended unasked");
    }

    /// The data directory.
    Path directory() {
        return node.data();
    }

    NodeClient manage() throws IOException {
        return anybody().as(node.key());
    }

    /// For whoever needs no permission.
    NodeClient anybody() throws IOException {
        return NodeClient.open(address("https"), trust());
    }

    Trust trust() throws IOException {
        return Trust.authority(authority);
    }

    /// Where things send to, by `https`, `wss` or `mqtts`.
    URI address(String scheme) {
        var port = scheme.equals("mqtts") ? ports.mqtt() : ports.tls();
        return URI.create("%s://%s:%d".formatted(scheme, HOST, port));
    }

    /// Where programs on this machine reach it without TLS.
    URI local() {
        return URI.create("http://%s:%d/".formatted(HOST, ports.http()));
    }

    /// The page for a browser on this machine; it signs in whoever opens it first.
    URI page() throws IOException {
        try (var manage = manage()) {
            var links = "api/accounts/" + node.key().account() + "/sign-in-links";
            var path = manage.post(links, Map.of()).path("path").asString();
            return URI.create("http://localhost:" + ports.http() + path);
        }
    }

    @Override
    public void close() {
        node.close();
    }

    static void closeAll(List<Platform> platforms) {
        // Told together, waited for one by one.
        platforms.forEach(platform -> platform.node.process().destroy());
        platforms.forEach(Platform::close);
    }

    /// Its name.
    @Override
    public String toString() {
        return name;
    }
}
