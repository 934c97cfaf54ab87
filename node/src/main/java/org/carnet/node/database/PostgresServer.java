// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.database;

import static java.util.stream.Collectors.joining;

import org.carnet.node.files.DirectoryTree;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A PostgreSQL that the node runs for itself in one directory: on loopback only, with a password, small.
///
/// It outlives a node that is killed; the next start then takes it over as it is. One that the node
/// stops, and one that is killed itself, keep every committed transaction.
final class PostgresServer implements AutoCloseable {
    static final String USER = "carnet";

    private static final String ADDRESS = "127.0.0.1";

    /// A server that is still starting gets five seconds to become ready.
    private static final int ATTEMPTS = 50;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// What a server is for, and so how it is set up; none of them is less durable than PostgreSQL is by itself.
    enum Use {
        /// Some thousand rows: little memory, no helper processes, and nothing kept of a row that was deleted.
        REGISTRY(
                4,
                "shared_buffers=16MB",
                "max_connections=24",
                "min_wal_size=16MB",
                "max_wal_size=64MB",
                "wal_level=minimal",
                "max_wal_senders=0",
                "max_logical_replication_workers=0",
                "max_parallel_workers=0",
                "autovacuum_max_workers=1",
                "io_method=sync",
                "jit=off",
                // Nothing of a row in the server's log, and no old row in recycled files.
                "log_min_messages=fatal",
                "log_min_error_statement=panic",
                "log_error_verbosity=terse",
                "log_statement=none",
                "wal_recycle=off"),

        /// What others are measured against: the defaults, said once more where it matters.
        YARDSTICK(
                16,
                "max_connections=100",
                "shared_buffers=128MB",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on");

        private final int walSegmentMegabytes;
        private final String options;

        Use(int walSegmentMegabytes, String... settings) {
            this.walSegmentMegabytes = walSegmentMegabytes;
            this.options =
                    Stream.concat(
                                    Stream.of(
                                            "listen_addresses=" + ADDRESS,
                                            "unix_socket_directories="),
                                    Stream.of(settings))
                            .collect(joining(" -c ", " -c ", ""));
        }
    }

    private final PostgresBinaries binaries;
    private final Path cluster;
    private final FileChannel lock;
    private final int port;

    private PostgresServer(PostgresBinaries binaries, Path cluster, FileChannel lock, int port) {
        this.binaries = binaries;
        this.cluster = cluster;
        this.lock = lock;
        this.port = port;
    }

    /// Starts the server of a home directory, creating it first if need be, or takes over the one that runs there.
    ///
    /// @param password the file with the password of [#USER]
    static PostgresServer start(Path home, Path password) throws IOException {
        return start(home, password, Use.REGISTRY);
    }

    static PostgresServer start(Path home, Path password, Use use) throws IOException {
        WholeFile.createSecretDirectory(home);
        var lock = lock(home.resolve("lock"));
        try {
            var binaries = PostgresBinaries.unpacked();
            var cluster = home.resolve("cluster").toAbsolutePath();
            if (Files.notExists(cluster)) create(binaries, cluster, password, use);
            var running = running(cluster, Files.readString(password));
            int port = running.isPresent() ? running.getAsInt() : launch(binaries, cluster, use);
            return new PostgresServer(binaries, cluster, lock, port);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    String url() {
        return url(port);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            binaries.run("pg_ctl", "stop", "-s", "-m", "fast", "-D", cluster.toString());
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) return channel;
        } catch (OverlappingFileLockException e) {
            // Held by another node in this very process; the answer is the same.
        }
        channel.close();
        throw new IOException("another node runs in " + file.toAbsolutePath().getParent());
    }

    private static void create(PostgresBinaries binaries, Path cluster, Path password, Use use)
            throws IOException {
        var partial = cluster.resolveSibling("partial");
        DirectoryTree.delete(partial);
        binaries.run(
                "initdb",
                "--pgdata=" + partial,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C",
                "--wal-segsize=" + use.walSegmentMegabytes,
                "--no-instructions");
        Files.move(partial, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int launch(PostgresBinaries binaries, Path cluster, Use use) throws IOException {
        int port = freePort();
        var log = cluster.resolveSibling("server.log").toString();
        binaries.run(
                "pg_ctl",
                "start",
                "-s",
                "-w",
                "-D",
                cluster.toString(),
                "-l",
                log,
                "-o",
                "-p " + port + use.options);
        return port;
    }

    /// The port of a server that a killed node has left behind in the directory.
    ///
    /// It is ours if it knows the password without being told (SCRAM proves both sides to one another) and
    /// serves this directory; a process number that another program has by now cannot mislead us.
    private static OptionalInt running(Path cluster, String password) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var file = PostmasterFile.read(cluster).filter(PostmasterFile::alive);
            if (file.isEmpty()) break;
            int port = file.get().port();
            if (file.get().ready() && serves(cluster, port, password)) return OptionalInt.of(port);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return OptionalInt.empty();
    }

    private static boolean serves(Path cluster, int port, String password) {
        try (var connection = DriverManager.getConnection(url(port), USER, password);
                var statement = connection.createStatement();
                var row = statement.executeQuery("show data_directory")) {
            return row.next() && Files.isSameFile(Path.of(row.getString(1)), cluster);
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://" + ADDRESS + ":" + port + "/postgres";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
