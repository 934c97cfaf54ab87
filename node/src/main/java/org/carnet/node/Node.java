// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import org.carnet.node.access.BootstrapToken;
import org.carnet.node.backup.RestoreMark;
import org.carnet.node.database.Database;
import org.carnet.node.files.WholeFile;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// A running node: what every party runs, embedded by the command line and by tests.
///
/// Once [#start] returns, everything listens and `ports.json` in the data directory says where. [#close] answers
/// what is being asked, closes the streams, makes durable what was acknowledged, and stops the database.
public final class Node implements AutoCloseable {
    private final Settings settings;
    private final BootstrapToken token;
    private final NodeLog log;
    private final Database database;
    private final ConfigurableApplicationContext application;

    private Node(
            Settings settings,
            BootstrapToken token,
            NodeLog log,
            Database database,
            ConfigurableApplicationContext application) {
        this.settings = settings;
        this.token = token;
        this.log = log;
        this.database = database;
        this.application = application;
    }

    /// Starts a node; what it has opened is closed again if it cannot.
    public static Node start(Settings settings) throws IOException {
        var data = settings.dataDirectory();
        RestoreMark.requireNone(data);
        WholeFile.createSecretDirectory(data);
        var log = NodeLog.open(data);
        try {
            var database = Database.open(settings.database(), data);
            try {
                var token = BootstrapToken.open(data.resolve("keys"));
                var application = NodeApplication.start(settings, token, database);
                return new Node(settings, token, log, database, application);
            } catch (IOException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /// The token of the interface, if this is the node's first start: to be shown once.
    public Optional<String> freshToken() {
        return token.fresh();
    }

    public Ports ports() {
        return application.getBean(Ports.class);
    }

    /// Where the interface is reached from this machine: plain on loopback, else over TLS.
    public URI url() {
        var http = ports().of("http");
        return URI.create(
                http.isPresent()
                        ? "http://" + host() + ":" + http.getAsInt()
                        : "https://" + host() + ":" + ports().of("tls").orElseThrow());
    }

    /// For tests of how the node is put together.
    ConfigurableApplicationContext application() {
        return application;
    }

    @Override
    public void close() throws IOException {
        try (log;
                database) {
            application.close();
        }
    }

    private String host() {
        var address = settings.http().address();
        if (address.isAnyLocalAddress()) return "localhost";
        var text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
