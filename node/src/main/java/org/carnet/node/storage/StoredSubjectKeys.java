// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.node.points.Keys.Range;
import org.carnet.node.points.SubjectForgotten;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Keys in the table `subject_keys`, wrapped with the key of the node, and remembered while they are used.
///
/// A key is on the database's disk before anything is sealed with it, and off it before its erasure is told, whatever the
/// database is otherwise told about waiting for its disk.
public final class StoredSubjectKeys implements SubjectKeys {
    private static final int MOST_REMEMBERED = 1 << 16;
    private static final int MOST_EXPIRED = 1000;
    private static final String COLUMNS = "id, subject, epoch, until, wrapped";

    private final DataSource database;
    private final KeyWrap wrap;
    private final SecureRandom random;
    private final long period;
    private final ForgottenSubjects forgotten;
    private final Recent<String, SubjectKey> current = new Recent<>(MOST_REMEMBERED);
    private final Recent<String, SubjectKey> state = new Recent<>(MOST_REMEMBERED);
    private final Recent<String, SubjectKey> kept = new Recent<>(MOST_REMEMBERED);
    private final Recent<Long, SubjectKey> byId = new Recent<>(MOST_REMEMBERED);

    /// Grows whenever keys are closed or destroyed: what was read from the database before is not remembered after.
    private volatile long generation;

    /// @param wrappingKey the 32 bytes that wrap the keys of all subjects of this node
    /// @param epoch how long each key is used
    public StoredSubjectKeys(
            DataSource database, Bytes wrappingKey, SecureRandom random, Duration epoch) {
        this.database = database;
        this.wrap = new KeyWrap(wrappingKey, random);
        this.random = random;
        this.period = epoch.toMillis();
        this.forgotten = new ForgottenSubjects(random);
    }

    @Override
    public SubjectKey of(String subject, Instant time) {
        long millis = time.toEpochMilli();
        var known = current.get(subject);
        if (known != null && known.covers(millis)) return known;
        long from = Math.floorDiv(millis, period) * period;
        return found(subject, millis, from, from + period, current);
    }

    @Override
    public SubjectKey ofState(String subject) {
        var known = state.get(subject);
        if (known != null) return known;
        return found(subject, SubjectKey.STATE, SubjectKey.STATE, 0, state);
    }

    @Override
    public SubjectKey ofKept(String subject) {
        var known = kept.get(subject);
        if (known != null) return known;
        return found(subject, SubjectKey.KEPT, SubjectKey.KEPT, SubjectKey.KEPT + 1, kept);
    }

    private SubjectKey found(
            String subject, long at, long from, long until, Recent<String, SubjectKey> cache) {
        long seen = generation;
        if (forgotten.contain(subject)) throw new SubjectForgotten();
        try (var connection = database.getConnection()) {
            var key = open(connection, subject, at);
            if (key.isEmpty()) {
                insert(connection, subject, from, until);
                key = open(connection, subject, at);
            }
            var used = key.orElseThrow(() -> new SQLException("the key inserted is not there"));
            return remembered(used, seen, subject, cache);
        } catch (SQLException failure) {
            throw noKey(failure);
        }
    }

    private synchronized SubjectKey remembered(
            SubjectKey key, long seen, String subject, Recent<String, SubjectKey> cache) {
        if (generation != seen) return key;
        return cache.put(subject, byId.putIfAbsent(key.id(), key));
    }

    @Override
    public Optional<SubjectKey> byId(long id) {
        var known = byId.get(id);
        if (known != null) return Optional.of(known);
        long seen = generation;
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select " + COLUMNS + " from subject_keys where id = ?")) {
            query.setLong(1, id);
            var found = read(query).stream().findFirst();
            synchronized (this) {
                if (generation != seen) return found;
                return found.map(key -> byId.putIfAbsent(id, key));
            }
        } catch (SQLException failure) {
            throw noKey(failure);
        }
    }

    @Override
    public List<SubjectKey> all(String subject) {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select "
                                        + COLUMNS
                                        + " from subject_keys where subject = ? and epoch >= 0"
                                        + " order by epoch, id")) {
            query.setString(1, subject);
            return read(query);
        } catch (SQLException failure) {
            throw noKey(failure);
        }
    }

    private Optional<SubjectKey> open(Connection connection, String subject, long at)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "select "
                                + COLUMNS
                                + " from subject_keys where subject = ? and epoch <= ? and until >"
                                + " ? and (epoch < 0) = (? < 0) and not closed order by id"
                                + " limit 1")) {
            query.setString(1, subject);
            query.setLong(2, at);
            query.setLong(3, at);
            query.setLong(4, at);
            return read(query).stream().findFirst();
        }
    }

    private List<SubjectKey> read(PreparedStatement query) throws SQLException {
        var keys = new ArrayList<SubjectKey>();
        try (var row = query.executeQuery()) {
            while (row.next()) {
                var secret = wrap.unwrap(row.getString(2), row.getBytes(5));
                keys.add(new SubjectKey(row.getLong(1), row.getLong(3), row.getLong(4), secret));
                Arrays.fill(secret, (byte) 0);
            }
        }
        return keys;
    }

    /// Whoever creates it first gives it its secret; everybody reads that.
    private void insert(Connection connection, String subject, long from, long until)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into subject_keys (subject, epoch, until, wrapped) values (?, ?, ?, ?)
                        on conflict (subject, epoch, until) where not closed do nothing\
                        """)) {
            var secret = SubjectKey.generate(random);
            insert.setString(1, subject);
            insert.setLong(2, from);
            insert.setLong(3, until);
            insert.setBytes(4, wrap.wrap(subject, secret));
            Arrays.fill(secret, (byte) 0);
            durably(connection, insert);
        }
    }

    private static int durably(Connection connection, PreparedStatement update)
            throws SQLException {
        connection.setAutoCommit(false);
        try (var durable = connection.createStatement()) {
            durable.execute("set local synchronous_commit to on");
            int rows = update.executeUpdate();
            connection.commit();
            return rows;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public List<String> expired(Range range) {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                """
                                select distinct subject from subject_keys
                                where epoch >= greatest(?, 0) and until <= ? limit ?\
                                """)) {
            query.setLong(1, millis(range.from()));
            query.setLong(2, millis(range.until()));
            query.setInt(3, MOST_EXPIRED);
            var subjects = new ArrayList<String>();
            try (var row = query.executeQuery()) {
                while (row.next()) subjects.add(row.getString(1));
            }
            return subjects;
        } catch (SQLException failure) {
            throw noKey(failure);
        }
    }

    @Override
    public List<SubjectKey> close(String subject, Range range) {
        var meant =
                "epoch >= 0 and "
                        + (range.within()
                                ? "epoch >= ? and until <= ?"
                                : "until > ? and epoch < ?");
        // A key of no time is told by the start of its epoch: -1 for the state, -2 for what is
        // kept.
        long timeless = range.whole() ? SubjectKey.KEPT : SubjectKey.STATE;
        try (var connection = database.getConnection();
                var update =
                        connection.prepareStatement(
                                "update subject_keys set closed = true where subject = ? and ("
                                        + meant
                                        + " or epoch between ? and -1)");
                var query =
                        connection.prepareStatement(
                                "select "
                                        + COLUMNS
                                        + " from subject_keys where subject = ? and closed and "
                                        + meant
                                        + " order by epoch, id")) {
            for (var statement : List.of(update, query)) {
                statement.setString(1, subject);
                statement.setLong(2, millis(range.from()));
                statement.setLong(3, millis(range.until()));
            }
            update.setLong(4, timeless);
            durably(connection, update);
            synchronized (this) {
                generation++;
                current.remove(subject);
                state.remove(subject);
                kept.remove(subject);
            }
            return read(query);
        } catch (SQLException failure) {
            throw noKey(failure);
        }
    }

    private static long millis(Instant time) {
        if (time.equals(Instant.MIN)) return Long.MIN_VALUE;
        return time.equals(Instant.MAX) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    @Override
    public void bar(String subject) {
        forgotten.add(subject);
    }

    @Override
    public void begin(String subject) {
        forgotten.remove(subject);
    }

    @Override
    public int destroy(String subject, Collection<Long> ids) {
        try (var connection = database.getConnection();
                var states =
                        connection.prepareStatement(
                                "select "
                                        + COLUMNS
                                        + " from subject_keys where subject = ? and epoch < 0 and"
                                        + " closed");
                var delete =
                        connection.prepareStatement(
                                """
                                delete from subject_keys
                                where subject = ? and closed and (epoch < 0 or id = any (?))\
                                """)) {
            states.setString(1, subject);
            var gone = new ArrayList<>(ids);
            for (var key : read(states)) {
                gone.add(key.id());
                key.destroy();
            }
            delete.setString(1, subject);
            delete.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
            int rows = durably(connection, delete);
            synchronized (this) {
                generation++;
                for (var id : gone) {
                    var known = byId.remove(id);
                    if (known != null) known.destroy();
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw noKey(failure);
        }
    }

    private static IllegalStateException noKey(SQLException failure) {
        return new IllegalStateException(
                "the database does not give the keys of a subject", failure);
    }
}
