// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import javax.sql.DataSource;

/// Reads and writes whole tables, whatever their columns: a backup made by one version of the schema is restored into
/// the next.
///
/// What the record restores by itself (things and mappings) is left to the record.
public final class Tables {
    private static final Set<String> ON_THE_RECORD = Set.of("thing", "mapping");
    private static final String HISTORY = "flyway_schema_history";
    private static final JsonMapper JSON = new JsonMapper();

    private final DataSource database;

    public Tables(DataSource database) {
        this.database = database;
    }

    /// The rows of every table that no record restores, as of one moment.
    Map<String, JsonNode> read() {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var tables = new TreeMap<String, JsonNode>();
            for (var name : names(connection)) {
                var rows =
                        one(
                                connection,
                                "select coalesce(json_agg(t), '[]')::text from " + name + " t");
                tables.put(name, JSON.readTree(rows));
            }
            connection.rollback();
            return tables;
        } catch (SQLException failure) {
            throw new IllegalStateException("the database does not give its tables", failure);
        }
    }

    /// Tells whether any row of any of these tables is another than before.
    String fingerprint() {
        try (var connection = database.getConnection()) {
            var all = new StringBuilder();
            for (var name : names(connection)) {
                all.append(
                        one(
                                connection,
                                """
                                select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0)
                                from %s t\
                                """
                                        .formatted(name)));
                all.append('\n');
            }
            return all.toString();
        } catch (SQLException failure) {
            throw new IllegalStateException("the database does not give its tables", failure);
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var query = connection.createStatement();
                var rows =
                        query.executeQuery(
                                """
                                select table_name from information_schema.tables
                                where table_schema = current_schema() and table_type = 'BASE TABLE'
                                order by table_name\
                                """)) {
            while (rows.next()) {
                var name = rows.getString(1);
                if (!ON_THE_RECORD.contains(name) && !name.equals(HISTORY)) names.add(name);
            }
        }
        return names;
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// Puts the rows into their tables, all or none; what is there already stays, so that it can be done again.
    ///
    /// Numbers that a table gives by itself go on after the highest row.
    ///
    /// @param highestKey the highest id of a subject's key that a record names: none of these is ever given again, for
    ///     a record whose key is lost must not be taken for one that another key opens
    void write(Map<String, JsonNode> tables, long highestKey) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var known = names(connection);
            var waiting = new ArrayList<>(tables.keySet());
            waiting.retainAll(known);
            while (!waiting.isEmpty()) {
                int before = waiting.size();
                waiting.removeIf(name -> isInserted(connection, name, tables));
                if (waiting.size() == before) {
                    throw new IllegalStateException("the tables " + waiting + " take no rows");
                }
            }
            for (var name : known) advance(connection, name, highestKey);
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException("the database does not take its tables", failure);
        }
    }

    /// A table that refers to another has to wait for that one.
    private static boolean isInserted(
            Connection connection, String name, Map<String, JsonNode> tables) {
        var rows = tables.get(name);
        if (rows == null || rows.isEmpty()) return true;
        try {
            var attempt = connection.setSavepoint();
            var columns =
                    String.join(
                            ", ",
                            StreamSupport.stream(rows.get(0).propertyNames().spliterator(), false)
                                    .map(column -> '"' + column.replace("\"", "") + '"')
                                    .toList());
            try (var insert =
                    connection.prepareStatement(
                            """
                            insert into %1$s (%2$s) overriding system value
                            select %2$s from json_populate_recordset(null::%1$s, ?::json)
                            on conflict do nothing\
                            """
                                    .formatted(name, columns))) {
                insert.setString(1, rows.toString());
                insert.executeUpdate();
                return true;
            } catch (SQLException refers) {
                connection.rollback(attempt);
                return false;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the database does not take " + name, failure);
        }
    }

    private static void advance(Connection connection, String table, long highestKey)
            throws SQLException {
        try (var columns =
                connection.prepareStatement(
                        """
                        select column_name from information_schema.columns
                        where table_schema = current_schema() and table_name = ?
                          and (column_default like 'nextval%' or is_identity = 'YES')\
                        """)) {
            columns.setString(1, table);
            try (var rows = columns.executeQuery()) {
                while (rows.next()) {
                    var column = rows.getString(1);
                    long least =
                            table.equals("subject_keys") && column.equals("id") ? highestKey : 0;
                    one(
                            connection,
                            """
                            select setval(pg_get_serial_sequence('%1$s', '%2$s'),
                              greatest((select coalesce(max(%2$s), 0) from %1$s), %3$d) + 1, false)\
                            """
                                    .formatted(table, column, least));
                }
            }
        }
    }
}
