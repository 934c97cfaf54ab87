// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.health;

import java.sql.SQLException;
import java.util.Optional;

import javax.sql.DataSource;

record DatabaseCheck(DataSource source) implements HealthCheck {
    private static final int SECONDS = 2;

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Optional<String> trouble() {
        try (var connection = source.getConnection()) {
            return connection.isValid(SECONDS)
                    ? Optional.empty()
                    : Optional.of("PostgreSQL does not answer");
        } catch (SQLException e) {
            return Optional.of("PostgreSQL cannot be reached");
        }
    }
}
