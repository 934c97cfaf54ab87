// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.carnet.node.people.AccountStore.at;

import org.carnet.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.Optional;

/// Passwords and the secrets of one-time codes in PostgreSQL.
final class PasswordStore {
    /// @param totp sealed
    record Stored(String hash, Bytes totp) {
        /// Tells nothing.
        @Override
        public String toString() {
            return "Stored";
        }
    }

    private final JdbcClient jdbc;

    PasswordStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Of an account that may sign in.
    Optional<Stored> find(String account) {
        return jdbc.sql(
                        "select p.hash, p.totp from password p join account a on a.name = p.account"
                                + " and a.state = 'ACTIVE' where p.account = ?")
                .param(account)
                .query((row, number) -> new Stored(row.getString(1), Bytes.unsafe(row.getBytes(2))))
                .optional();
    }

    /// @param step the one whose code was shown to set it
    void set(String account, Stored password, long step, Instant now) {
        jdbc.sql(
                        "insert into password (account, hash, totp, last_step, set_at) values (?,"
                                + " ?, ?, ?, ?) on conflict (account) do update set hash ="
                                + " excluded.hash, totp = excluded.totp, last_step ="
                                + " excluded.last_step, set_at = excluded.set_at")
                .param(account)
                .param(password.hash())
                .param(password.totp().toArray())
                .param(step)
                .param(at(now))
                .update();
    }

    /// Takes the code of a step, if none of it or a later one was taken yet: two that come at once are not both taken.
    boolean take(String account, long step) {
        return jdbc.sql("update password set last_step = ? where account = ? and last_step < ?")
                        .param(step)
                        .param(account)
                        .param(step)
                        .update()
                > 0;
    }

    boolean delete(String account) {
        return jdbc.sql("delete from password where account = ?").param(account).update() > 0;
    }
}
