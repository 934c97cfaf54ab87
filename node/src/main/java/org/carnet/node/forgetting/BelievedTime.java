// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.Optional;

/// The latest time that retention has believed, kept over starts.
final class BelievedTime {
    private final JdbcClient jdbc;

    BelievedTime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Instant> last() {
        return jdbc.sql("select millis from believed_time")
                .query((row, number) -> Instant.ofEpochMilli(row.getLong(1)))
                .optional();
    }

    void keep(Instant time) {
        jdbc.sql(
                        """
                        insert into believed_time (millis) values (?)
                        on conflict (one) do update set millis = excluded.millis\
                        """)
                .param(time.toEpochMilli())
                .update();
    }
}
