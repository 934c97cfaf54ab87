// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A PostgreSQL with the defaults that it comes with, to measure others against: it forces each commit to disk before it
/// answers.
public final class MeasuredPostgres implements AutoCloseable {
    private final PostgresServer server;
    private final String password;

    private MeasuredPostgres(PostgresServer server, String password) {
        this.server = server;
        this.password = password;
    }

    /// Starts a new one, which keeps everything below the directory.
    public static MeasuredPostgres start(Path directory) throws IOException {
        var password = Database.password(directory.resolve("keys"));
        var server =
                PostgresServer.start(
                        directory.resolve("postgres"), password, PostgresServer.Use.YARDSTICK);
        return new MeasuredPostgres(server, Files.readString(password));
    }

    /// A connection of its own; for up to a hundred clients.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url(), PostgresServer.USER, password);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
