// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import com.nimbusds.jose.jwk.ECKey;

import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.Role;
import org.carnet.node.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A whole node for a test, on free ports, asked over real HTTP.
public final class RunningNode implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public final Node node;
    public final String token;

    private final Path data;
    private @Nullable NodeClient operator;

    private RunningNode(Node node, Path data) {
        this.node = node;
        this.token = node.freshToken().orElse("");
        this.data = data;
    }

    /// The operator of a node that a test has started by itself, before and after restarts.
    public static NodeClient operator(Node node, Path data) throws IOException {
        return NodeClient.open(node.url(), Trust.usual()).as(key(node, data));
    }

    /// Somebody else with an account there, who acts by a key.
    public static AccountKey user(Node node, String name) {
        var accounts = node.application().getBean(Accounts.class);
        var key = AccountKey.generate(name);
        try {
            accounts.open(name, Set.of(Role.USER), "test").orElseThrow();
            accounts.addKey(name, ECKey.parse(Map.copyOf(key.publicKey())), "test");
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
        return key;
    }

    /// Changes what the database of a node holds, behind its back.
    public static void sql(Node node, String statement) {
        node.application().getBean(JdbcClient.class).sql(statement).update();
    }

    private static AccountKey key(Node node, Path data) throws IOException {
        var file = data.resolveSibling(data.getFileName() + ".operator.key");
        if (Files.exists(file)) return AccountKey.read(file);
        var key = AccountKey.generate("operator");
        try (var anybody = NodeClient.open(node.url(), Trust.usual())) {
            anybody.enrol(key, node.freshToken().orElseThrow());
        }
        key.write(file);
        return key;
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
        var node = Node.start(Settings.of(settings));
        return new RunningNode(node, data);
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
        return as(operator(), request);
    }

    /// The interface, for the operator, who is enrolled when first asked for.
    public synchronized NodeClient operator() throws IOException {
        if (operator == null) operator = operator(node, data);
        return operator;
    }

    /// The interface, for somebody else with an account, which is opened for it.
    public NodeClient somebody(String name, Role role) {
        var key = AccountKey.generate(name);
        var accounts = node.application().getBean(Accounts.class);
        accounts.open(name, Set.of(role), "test").orElseThrow();
        try {
            accounts.addKey(name, ECKey.parse(Map.copyOf(key.publicKey())), "test");
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
        return NodeClient.open(node.url(), Trust.usual()).as(key);
    }

    /// Asks with what proves that it is this party.
    public HttpResponse<String> as(NodeClient party, HttpRequest.Builder request) throws Exception {
        var plain = request.build();
        party.credentials(plain.method(), plain.uri()).forEach(request::header);
        return send(request);
    }

    public WebServer server() {
        return ((WebServerApplicationContext) node.application()).getWebServer();
    }

    public <T> T bean(Class<T> type) {
        return node.application().getBean(type);
    }

    /// The key of the first administrator's account; the same again after a restart.
    public AccountKey key() throws IOException {
        return key(node, data);
    }

    @Override
    public void close() throws IOException {
        if (operator != null) operator.close();
        node.close();
    }
}
