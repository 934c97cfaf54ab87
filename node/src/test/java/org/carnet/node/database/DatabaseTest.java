// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;

/// With the real PostgreSQL that nodes run.
final class DatabaseTest {
    @TempDir Path home;
    private Path data;

    @BeforeEach
    void below() {
        data = home.resolve("node");
    }

    private static Database open(Path data) throws IOException {
        var settings = Settings.of(Map.of("data.directory", data.toString()));
        return Database.open(settings.database(), data);
    }

    @Test
    void whatIsCommittedIsThereAfterAStopAndNobodyRunsMeanwhile() throws Exception {
        try (var database = open(data)) {
            execute(database, "create table kept (name text)");
            execute(database, "insert into kept values ('walker')");
        }
        assertThat(PostmasterFile.read(home.resolve("node.database/cluster"))).isEmpty();
        try (var database = open(data)) {
            assertThat(ask(database, "select name from kept")).isEqualTo("walker");
        }
    }

    @Test
    void aServerThatAKilledNodeLeftBehindIsTakenOver() throws Exception {
        var node =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledNode.class.getName(),
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(node.inputReader().readLine()).isEqualTo("open");
        node.destroyForcibly().waitFor();
        var process = postmaster();
        try (var database = open(data)) {
            assertThat(postmaster()).isEqualTo(process);
            assertThat(ask(database, "select 'answers'")).isEqualTo("answers");
        }
        assertThat(PostmasterFile.read(home.resolve("node.database/cluster"))).isEmpty();
    }

    @Test
    void aServerThatWasKilledItselfComesBackWithWhatWasCommitted() throws Exception {
        var database = open(data);
        execute(database, "create table kept (name text)");
        execute(database, "insert into kept values ('walker')");
        var process = postmaster();
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
        ProcessHandle.of(process).ifPresent(handle -> handle.onExit().join());
        assertThatThrownBy(database::close).hasMessageStartingWith("pg_ctl failed");
        try (var again = open(data)) {
            assertThat(ask(again, "select name from kept")).isEqualTo("walker");
        }
    }

    @Test
    void twoNodesCannotShareADirectory() throws Exception {
        try (var _ = open(data)) {
            assertThatThrownBy(() -> open(data))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("another node runs in");
        }
    }

    @Test
    void nobodyGetsInWithoutThePasswordThatOnlyTheNodesUserCanRead() throws Exception {
        try (var database = open(data)) {
            var keys = data.resolve("keys");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rwx------");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            keys.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
            assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(database, "show fsync")).isEqualTo("on");
            var stranger = new PGSimpleDataSource();
            try (var connection = database.dataSource().getConnection()) {
                stranger.setURL(connection.getMetaData().getURL());
            }
            stranger.setUser(PostgresServer.USER);
            stranger.setPassword("guessed");
            assertThatThrownBy(stranger::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void nothingOfTheDatabaseLiesWithTheDataAndWhatAnEarlierProgramPutThereIsNamed()
            throws Exception {
        open(data).close();
        assertThat(data)
                .isDirectoryContaining("glob:**/keys")
                .isDirectoryNotContaining("glob:**/postgres");
        Files.createDirectories(data.resolve("postgres"));
        assertThatThrownBy(() -> open(data))
                .hasMessageContaining("then move " + data.resolve("postgres"));
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        var settings =
                Settings.of(
                        Map.of("database.url", "jdbc:postgresql://127.0.0.1:1/x?connectTimeout=1"));
        assertThatThrownBy(() -> Database.open(settings.database(), data))
                .hasMessageContaining("127.0.0.1:1");
    }

    /// Opens a database and waits to be killed.
    static final class KilledNode {
        public static void main(String[] arguments) throws Exception {
            open(Path.of(arguments[0]));
            System.out.println("open");
            Thread.currentThread().join();
        }
    }

    private long postmaster() throws IOException {
        return PostmasterFile.read(home.resolve("node.database/cluster")).orElseThrow().process();
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
