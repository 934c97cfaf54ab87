// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.carnet.Bytes;
import org.carnet.node.files.WholeFile;
import org.carnet.node.settings.Settings;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

import javax.sql.DataSource;

/// The node's PostgreSQL, migrated to what this program expects.
///
/// It holds what is asked by query and is never the only witness of an act: that is the log.
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 8;

    private final HikariDataSource pool;
    private final @Nullable PostgresServer server;

    private Database(HikariDataSource pool, @Nullable PostgresServer server) {
        this.pool = pool;
        this.server = server;
    }

    /// Opens the database of the settings. The embedded one lives outside the data directory: what wraps the keys of
    /// subjects and the wrapped keys themselves never lie together.
    ///
    /// @param dataDirectory holds the password of the embedded one
    public static Database open(Settings.Database settings, Path dataDirectory) throws IOException {
        if (!settings.embedded()) {
            return opened(
                    settings.url(),
                    settings.user().orElse(""),
                    settings.password().orElse(""),
                    null);
        }
        var password = password(dataDirectory.resolve("keys"));
        var earlier = dataDirectory.resolve("postgres");
        if (Files.exists(earlier)) {
            throw new IOException(
                    "the database must not lie with the data: stop all that runs there, then move %s to %s"
                            .formatted(earlier, settings.directory()));
        }
        var server = PostgresServer.start(settings.directory(), password);
        try {
            return opened(server.url(), PostgresServer.USER, Files.readString(password), server);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() throws IOException {
        pool.close();
        if (server != null) server.close();
    }

    private static Database opened(
            String url, String user, String password, @Nullable PostgresServer server) {
        var settings = new HikariConfig();
        settings.setPoolName("database");
        settings.setJdbcUrl(url);
        settings.setUsername(user);
        settings.setPassword(password);
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setMinimumIdle(1);
        // What the server says of a row would name people in the log of the node.
        settings.addDataSourceProperty("logServerErrorDetail", "false");
        var pool = new HikariDataSource(settings);
        try {
            Flyway.configure().dataSource(pool).load().migrate();
            return new Database(pool, server);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    static Path password(Path keys) throws IOException {
        var file = keys.resolve("postgres.password");
        if (Files.notExists(file)) {
            var random = new byte[24];
            new SecureRandom().nextBytes(random);
            WholeFile.createSecretDirectory(keys);
            WholeFile.writeSecret(file, Bytes.unsafe(random).toBase64Url());
        }
        return file.toAbsolutePath();
    }
}
