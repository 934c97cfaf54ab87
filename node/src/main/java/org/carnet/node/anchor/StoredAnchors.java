// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/// Anchors in the node's database.
///
/// Each change is on the database's disk before it returns, whatever the database is otherwise told about waiting.
final class StoredAnchors implements AnchorStore {
    private final DataSource database;
    private final long chain;
    private final Address contract;

    StoredAnchors(DataSource database, long chain, Address contract) {
        this.database = database;
        this.chain = chain;
        this.contract = contract;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    @Override
    public List<Attempt> attempts() {
        return durably(
                connection ->
                        query(
                                connection,
                                """
                                select note, number, gas, fee, tip, hash, raw, signed_at from anchor_attempts
                                where chain = ? and contract = ? order by signed_at, hash\
                                """,
                                StoredAnchors::attempt));
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                Bytes.unsafe(row.getBytes(1)),
                row.getLong(2),
                row.getLong(3),
                new Fees(
                        row.getBigDecimal(4).toBigIntegerExact(),
                        row.getBigDecimal(5).toBigIntegerExact()),
                new SignedTransaction(row.getString(6), row.getString(7)),
                row.getTimestamp(8).toInstant());
    }

    @Override
    public void keep(Attempt attempt) {
        durably(
                connection ->
                        update(
                                connection,
                                """
                                insert into anchor_attempts
                                (chain, contract, note, number, gas, fee, tip, hash, raw, signed_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                                """,
                                attempt.note().unsafeArray(),
                                attempt.number(),
                                attempt.gas(),
                                new BigDecimal(attempt.fees().most()),
                                new BigDecimal(attempt.fees().tip()),
                                attempt.transaction().hash(),
                                attempt.transaction().raw(),
                                attempt.signedAt().atOffset(ZoneOffset.UTC)));
    }

    @Override
    public void confirmed(Anchored anchored) {
        durably(
                connection -> {
                    update(
                            connection,
                            """
                            insert into anchors (chain, contract, size, note, transaction, block, anchored_at)
                            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                            """,
                            anchored.checkpoint().size(),
                            anchored.note().unsafeArray(),
                            anchored.transaction(),
                            anchored.block(),
                            anchored.time().atOffset(ZoneOffset.UTC));
                    return forget(connection);
                });
    }

    @Override
    public void giveUp() {
        durably(this::forget);
    }

    private int forget(Connection connection) throws SQLException {
        return update(connection, "delete from anchor_attempts where chain = ? and contract = ?");
    }

    @Override
    public List<Anchored> newest(long below, int limit) {
        return durably(
                connection ->
                        query(
                                connection,
                                """
                                select note, transaction, block, anchored_at from anchors
                                where chain = ? and contract = ? and size < ?
                                order by size desc limit ?\
                                """,
                                StoredAnchors::anchored,
                                below,
                                limit));
    }

    private static Anchored anchored(ResultSet row) throws SQLException {
        return new Anchored(
                Bytes.unsafe(row.getBytes(1)),
                row.getString(2),
                row.getLong(3),
                row.getTimestamp(4).toInstant());
    }

    private <T> List<T> query(
            Connection connection, String sql, Row<T> reader, Object... parameters)
            throws SQLException {
        try (var statement = prepared(connection, sql, parameters);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) found.add(reader.of(rows));
            return found;
        }
    }

    private int update(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (var statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /// Chain and contract are the first parameters of every statement.
    private PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setLong(1, chain);
        statement.setString(2, contract.text());
        for (int i = 0; i < parameters.length; i++) statement.setObject(i + 3, parameters[i]);
        return statement;
    }

    private <T> T durably(Work<T> work) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var durable = connection.createStatement()) {
                durable.execute("set local synchronous_commit to on");
                var result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the database does not keep the anchors", failure);
        }
    }
}
