// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/// The certifications of this node, as its certifiers signed them.
final class HeldCertifications {
    private static final int MOST = 64;

    private final JdbcClient jdbc;

    HeldCertifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param id of the credential; one of the same id is replaced
    void keep(String id, String jwt, Instant now) {
        jdbc.sql(
                        "insert into certification values (?, ?, ?) on conflict (id)"
                                + " do update set credential = excluded.credential,"
                                + " received_at = excluded.received_at")
                .params(id, jwt, Timestamp.from(now))
                .update();
    }

    /// The newest first.
    List<String> all() {
        return jdbc.sql("select credential from certification order by received_at desc limit ?")
                .param(MOST)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
