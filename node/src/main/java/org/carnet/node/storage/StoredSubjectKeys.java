// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

/// Keys in the table `subject_keys`, wrapped with the key of the node, and remembered once they were used.
///
/// A key is on the database's disk before anything is sealed with it, whatever the database is otherwise told about
/// waiting for its disk.
public final class StoredSubjectKeys implements SubjectKeys {
    private final DataSource database;
    private final KeyWrap wrap;
    private final SecureRandom random;
    private final Map<String, SubjectKey> bySubject = new ConcurrentHashMap<>();
    private final Map<Long, SubjectKey> byId = new ConcurrentHashMap<>();

    /// @param wrappingKey the 32 bytes that wrap the keys of all subjects of this node
    public StoredSubjectKeys(DataSource database, Bytes wrappingKey, SecureRandom random) {
        this.database = database;
        this.wrap = new KeyWrap(wrappingKey, random);
        this.random = random;
    }

    @Override
    public SubjectKey of(String subject) {
        var known = bySubject.get(subject);
        if (known != null) return known;
        try (var connection = database.getConnection()) {
            var stored = select(connection, subject);
            return stored.isPresent() ? stored.get() : created(connection, subject);
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "the database does not give the key of a subject", failure);
        }
    }

    @Override
    public Optional<SubjectKey> byId(long id) {
        var known = byId.get(id);
        if (known != null) return Optional.of(known);
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select id, subject, wrapped from subject_keys where id = ?")) {
            query.setLong(1, id);
            return read(query);
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "the database does not give the key of a subject", failure);
        }
    }

    private Optional<SubjectKey> select(Connection connection, String subject) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "select id, subject, wrapped from subject_keys where subject = ?")) {
            query.setString(1, subject);
            return read(query);
        }
    }

    private Optional<SubjectKey> read(PreparedStatement query) throws SQLException {
        try (var row = query.executeQuery()) {
            if (!row.next()) return Optional.empty();
            var subject = row.getString(2);
            var key = new SubjectKey(row.getLong(1), wrap.unwrap(subject, row.getBytes(3)));
            byId.put(key.id(), key);
            bySubject.put(subject, key);
            return Optional.of(key);
        }
    }

    /// Whoever creates it first gives it its secret; everybody reads that.
    private SubjectKey created(Connection connection, String subject) throws SQLException {
        connection.setAutoCommit(false);
        try (var durable = connection.createStatement();
                var insert =
                        connection.prepareStatement(
                                """
                                insert into subject_keys (subject, wrapped) values (?, ?)
                                on conflict (subject) do nothing\
                                """)) {
            durable.execute("set local synchronous_commit to on");
            insert.setString(1, subject);
            insert.setBytes(2, wrap.wrap(subject, SubjectKey.generate(random)));
            insert.executeUpdate();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
        return select(connection, subject)
                .orElseThrow(() -> new SQLException("the key that was inserted is not there"));
    }
}
