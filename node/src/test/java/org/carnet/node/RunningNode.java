// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import org.carnet.node.settings.Settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A whole node for a test, on free ports, asked over real HTTP.
public final class RunningNode implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public final Node node;
    public final String token;

    private RunningNode(Node node) {
        this.node = node;
        this.token = node.freshToken().orElse("");
    }

    public static RunningNode start(Path data, Map<String, String> more) throws IOException {
        var settings =
                new HashMap<>(
                        Map.of(
                                "name",
                                "test",
                                "data.directory",
                                data.toString(),
                                "http.port",
                                "0",
                                "mqtt.port",
                                "off"));
        settings.putAll(more);
        return new RunningNode(Node.start(Settings.of(settings)));
    }

    public URI at(String path) {
        return URI.create(node.url() + path);
    }

    public HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> asOperator(HttpRequest.Builder request) throws Exception {
        return send(request.header("Authorization", "Bearer " + token));
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
