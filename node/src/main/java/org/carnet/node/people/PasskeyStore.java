// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.carnet.node.people.AccountStore.at;
import static org.carnet.node.people.AccountStore.instant;

import org.carnet.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Passkeys in PostgreSQL.
final class PasskeyStore {
    /// A public key and what its authenticator said of it.
    ///
    /// @param attested attested credential data (WebAuthn section 6.5.2)
    /// @param eligible whether it may be copied to other devices of the person
    record Passkey(
            Bytes id,
            String account,
            String label,
            Bytes attested,
            long counter,
            boolean eligible,
            boolean backedUp,
            Instant added,
            Optional<Instant> used) {}

    private static final String COLUMNS =
            "select id, account, label, attested, counter, eligible, backed_up, added_at, used_at"
                    + " from passkey ";

    private final JdbcClient jdbc;

    PasskeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Passkey> find(Bytes id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .param(id.toArray())
                .query(PasskeyStore::passkey)
                .optional();
    }

    List<Passkey> of(String account) {
        return jdbc.sql(COLUMNS + "where account = ? order by added_at, id")
                .param(account)
                .query(PasskeyStore::passkey)
                .list();
    }

    void insert(Passkey passkey) {
        jdbc.sql(
                        "insert into passkey (id, account, label, attested, counter, eligible,"
                                + " backed_up, added_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(passkey.id().toArray())
                .param(passkey.account())
                .param(passkey.label())
                .param(passkey.attested().toArray())
                .param(passkey.counter())
                .param(passkey.eligible())
                .param(passkey.backedUp())
                .param(at(passkey.added()))
                .update();
    }

    void used(Bytes id, long counter, boolean backedUp, Instant now) {
        jdbc.sql("update passkey set counter = ?, backed_up = ?, used_at = ? where id = ?")
                .param(counter)
                .param(backedUp)
                .param(at(now))
                .param(id.toArray())
                .update();
    }

    boolean delete(String account, Bytes id) {
        return jdbc.sql("delete from passkey where account = ? and id = ?")
                        .param(account)
                        .param(id.toArray())
                        .update()
                > 0;
    }

    private static Passkey passkey(ResultSet row, int number) throws SQLException {
        return new Passkey(
                Bytes.unsafe(row.getBytes("id")),
                row.getString("account"),
                row.getString("label"),
                Bytes.unsafe(row.getBytes("attested")),
                row.getLong("counter"),
                row.getBoolean("eligible"),
                row.getBoolean("backed_up"),
                instant(row, "added_at"),
                row.getObject("used_at") == null
                        ? Optional.empty()
                        : Optional.of(instant(row, "used_at")));
    }
}
