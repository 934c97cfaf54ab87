// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.log.Evidence;
import org.carnet.node.witness.Incidents.Incident;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The list of incidents in PostgreSQL; the evidence itself is a file, and the act is on the record.
final class IncidentStore {
    private static final String COLUMNS =
            "select id, origin, kind, reported_at, proven, summary, record, over_at from incident ";

    private final JdbcClient jdbc;

    IncidentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Incident incident(ResultSet row, int number) throws SQLException {
        var over = row.getObject("over_at", OffsetDateTime.class);
        return new Incident(
                row.getString("id"),
                row.getString("origin"),
                Evidence.Kind.valueOf(row.getString("kind")),
                row.getObject("reported_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("proven"),
                row.getString("summary"),
                row.getLong("record"),
                Optional.ofNullable(over).map(OffsetDateTime::toInstant));
    }

    List<Incident> open() {
        return jdbc.sql(COLUMNS + "where over_at is null order by reported_at")
                .query(IncidentStore::incident)
                .list();
    }

    List<Incident> newest(int most) {
        return jdbc.sql(COLUMNS + "order by reported_at desc, id limit ?")
                .param(most)
                .query(IncidentStore::incident)
                .list();
    }

    void insert(Incident incident) {
        jdbc.sql(
                        "insert into incident (id, origin, kind, reported_at, proven, summary,"
                                + " record) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                .param(incident.id())
                .param(incident.origin())
                .param(incident.kind().name())
                .param(at(incident.reportedAt()))
                .param(incident.proven())
                .param(incident.summary())
                .param(incident.record())
                .update();
    }

    void end(String id, Instant at) {
        jdbc.sql("update incident set over_at = ? where id = ?").param(at(at)).param(id).update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
