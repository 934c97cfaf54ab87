// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Stands before a node on this machine for a program that cannot prove that it holds a key: it reads for it.
final class SigningProxy implements AutoCloseable {
    private final HttpServer server;
    private final NodeClient describing;
    private final NodeClient reading;

    private SigningProxy(HttpServer server, NodeClient describing, NodeClient reading) {
        this.server = server;
        this.describing = describing;
        this.reading = reading;
    }

    /// @param describing who asks for the description of an avatar
    /// @param reading who asks for everything else, at the same node
    static SigningProxy start(NodeClient describing, NodeClient reading) throws IOException {
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var proxy = new SigningProxy(HttpServer.create(here, 0), describing, reading);
        proxy.server.createContext("/", proxy::answer);
        proxy.server.start();
        return proxy;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var isDescription = uri.getPath().matches("/avatars/[^/]+");
            var asks = isDescription ? describing : reading;
            try {
                var node = asks.address().toString().replaceFirst("/$", "");
                var body = asks.text(uri.toString()).replace(node, url().toString());
                var type = isDescription ? "application/td+json" : "application/json";
                exchange.getResponseHeaders().set("content-type", type);
                answer(exchange, 200, body);
            } catch (NodeRefused refused) {
                answer(exchange, refused.status(), "");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
