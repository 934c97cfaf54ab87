// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/// Removes from the database's files what was deleted from its tables.
///
/// A deleted row stays in its page, in the index, in the statistics and in the write-ahead log. So the tables are written
/// anew, the statistics too, and the log is moved on: after that no file of a server of the node's own holds the row. In
/// somebody else's server the same is tried; what this user may not do is answered, for its operator to do.
public final class Scrubbing {
    private static final String ITS_TABLES =
            """
            select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
            where schemaname = current_schema() order by 1\
            """;

    private final DataSource database;

    public Scrubbing(DataSource database) {
        this.database = database;
    }

    /// Answers what could not be done here, in one clause each.
    public List<String> run() throws SQLException {
        var left = new ArrayList<String>();
        try (var connection = database.getConnection()) {
            var tables = new ArrayList<String>();
            try (var query = connection.createStatement();
                    var row = query.executeQuery(ITS_TABLES)) {
                while (row.next()) tables.add(row.getString(1));
            }
            for (var table : tables) execute(connection, "vacuum (full, analyze) " + table);
            attempt(connection, "vacuum full pg_statistic", left);
            attempt(connection, "checkpoint", left);
            attempt(connection, "select pg_switch_wal()", left);
            attempt(connection, "checkpoint", left);
        }
        return left.stream().distinct().toList();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void attempt(Connection connection, String sql, List<String> left) {
        try {
            execute(connection, sql);
        } catch (SQLException forbidden) {
            left.add("this node may not run \"" + sql + "\" in its database");
        }
    }
}
