// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.node.database.MeasuredPostgres;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Durable appends of the same bytes on the same disk: Carnet with all that it does, and single-row inserts of PostgreSQL.
///
/// Clients are threads of this process on both sides. Those of PostgreSQL talk to its server over loopback and spend
/// processor time here for it, which is told; those of Carnet call the node's receiver and check the signatures
/// themselves. Both are warm, and take turns; what is told is the turn whose ratio is the median, since other programs may
/// take the machine from the one or the other for a while.
final class Yardstick {
    static final int MOST_CLIENTS = 64;
    private static final int[] CLIENTS = {1, 8, MOST_CLIENTS};
    private static final int TURNS = 3;

    /// More updates than any of this class of machines takes in a second.
    private static final int SUPPLY_PER_SECOND = 45_000;

    private final Workload workload = new Workload(Ingest.SEED + 2, 200);
    private final double seconds;

    /// @param seconds of each turn of each of the two
    Yardstick(double seconds) {
        this.seconds = seconds;
    }

    void measure(ObjectNode into, Path directory) throws IOException, InterruptedException {
        try (var carnet = new InProcess(directory.resolve("carnet"));
                var postgres = MeasuredPostgres.start(directory.resolve("postgresql"))) {
            carnet.register(workload.keys());
            prepare(postgres, into);
            var clients = into.putObject("clients");
            turn(carnet, postgres, MOST_CLIENTS);
            for (int count : CLIENTS) {
                var turns = new ArrayList<Turn>();
                for (int i = 0; i < TURNS; i++) turns.add(turn(carnet, postgres, count));
                turns.sort(Comparator.comparingDouble(Turn::ratio));
                var turn = turns.get(TURNS / 2);
                var figures = clients.putObject("" + count).put("ratio", turn.ratio());
                figures.set("postgres", JsonMapper.shared().valueToTree(turn.inserts));
                figures.set("carnet", JsonMapper.shared().valueToTree(turn.appends));
                if (count == MOST_CLIENTS) {
                    into.put("insertsPerSecond", turn.inserts.perSecond())
                            .put("ratio", turn.ratio());
                }
            }
        } catch (SQLException failure) {
            throw new IOException("PostgreSQL does not do what it is measured for", failure);
        }
    }

    private record Turn(ClosedLoop.Result inserts, ClosedLoop.Result appends) {
        double ratio() {
            return Math.round(100 * appends.perSecond() / inserts.perSecond()) / 100.0;
        }
    }

    private Turn turn(InProcess carnet, MeasuredPostgres postgres, int clients)
            throws SQLException, IOException, InterruptedException {
        return new Turn(inserts(postgres, clients), appends(carnet, clients));
    }

    private static void prepare(MeasuredPostgres postgres, ObjectNode into) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute("create table appends (id bigserial primary key, body bytea)");
            for (var setting : List.of("server_version", "fsync", "synchronous_commit")) {
                try (var row = statement.executeQuery("show " + setting)) {
                    row.next();
                    into.put(setting, row.getString(1));
                }
            }
        }
    }

    private ClosedLoop.Result inserts(MeasuredPostgres postgres, int count)
            throws SQLException, IOException, InterruptedException {
        var updates = workload.sign(1000, InstantSource.system().instant());
        var clients = new ArrayList<Inserter>();
        try {
            for (int i = 0; i < count; i++) clients.add(new Inserter(postgres.connect(), updates));
            return ClosedLoop.run(clients, seconds);
        } finally {
            for (var client : clients) client.connection.close();
        }
    }

    private ClosedLoop.Result appends(InProcess carnet, int count)
            throws IOException, InterruptedException {
        int supply = (int) (Math.min(count * 12_000, SUPPLY_PER_SECOND) * seconds);
        var updates = workload.sign(supply, InstantSource.system().instant());
        var next = new AtomicInteger();
        var path = carnet.path();
        ClosedLoop.Client client =
                () -> {
                    int number = next.getAndIncrement();
                    if (number >= updates.size()) return false;
                    var durable = new CompletableFuture<Boolean>();
                    path.send(updates.get(number), durable::complete);
                    if (!durable.get()) throw new IOException("a good update was refused");
                    return true;
                };
        return ClosedLoop.run(Collections.nCopies(count, client), seconds);
    }

    /// One prepared statement of one connection, each execution a transaction of its own.
    private static final class Inserter implements ClosedLoop.Client {
        private final Connection connection;
        private final PreparedStatement insert;
        private final List<Bytes> updates;
        private int next;

        Inserter(Connection connection, List<Bytes> updates) throws SQLException {
            this.connection = connection;
            this.insert = connection.prepareStatement("insert into appends (body) values (?)");
            this.updates = updates;
        }

        @Override
        public boolean request() throws SQLException {
            insert.setBytes(1, updates.get(next++ % updates.size()).unsafeArray());
            return insert.executeUpdate() == 1;
        }
    }
}
