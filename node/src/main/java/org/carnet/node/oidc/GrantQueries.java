// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

/// Queries of what people allowed their clients: while a row is read, its client is looked up, and both by one connection.
///
/// With one connection each, as many requests as there are connections would each hold one and wait for another.
final class GrantQueries extends JdbcTemplate {
    private final TransactionTemplate together;

    GrantQueries(DataSource database) {
        super(database);
        together = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    @Override
    public <T extends @Nullable Object> List<T> query(
            String sql, @Nullable PreparedStatementSetter parameters, RowMapper<T> rows) {
        return Objects.requireNonNull(
                together.execute(_ -> super.query(sql, parameters, rows)), "query");
    }
}
