// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.carnet.node.people.AccountStore.at;
import static org.carnet.node.people.AccountStore.instant;
import static org.carnet.node.people.AccountStore.texts;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Sessions in PostgreSQL, by the hash of the secret that the browser holds.
final class SessionStore {
    /// How many one account may have; the one that was unused for longest gives way.
    private static final int MOST = 50;

    /// Use is written down no more often than this.
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private static final String COLUMNS =
            "select s.id, s.account, a.roles, s.factors, s.since, s.used_at, s.agent from session s"
                    + " join account a on a.name = s.account and a.state = 'ACTIVE'"
                    + " where s.used_at > ? and s.started_at > ? and ";

    private final JdbcClient jdbc;
    private final Duration idle;
    private final Duration lifetime;

    SessionStore(JdbcClient jdbc, Duration idle, Duration lifetime) {
        this.jdbc = jdbc;
        this.idle = idle;
        this.lifetime = lifetime;
    }

    void insert(
            Secret secret,
            UUID id,
            String account,
            Set<String> factors,
            Instant since,
            String agent,
            Instant now) {
        jdbc.sql("delete from session where used_at <= ? or started_at <= ?")
                .param(at(now.minus(idle)))
                .param(at(now.minus(lifetime)))
                .update();
        jdbc.sql(
                        "delete from session where account = ? and hash not in (select hash from"
                                + " session where account = ? order by used_at desc limit ?)")
                .param(account)
                .param(account)
                .param(MOST - 1)
                .update();
        jdbc.sql(
                        "insert into session (hash, id, account, factors, since, started_at,"
                                + " used_at, agent) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(secret.hash())
                .param(id)
                .param(account)
                .param(factors.stream().sorted().toArray(String[]::new))
                .param(at(since))
                .param(at(now))
                .param(at(now))
                .param(agent)
                .update();
    }

    /// The session, if it still holds and its account may sign in.
    Optional<Session> use(Secret secret, Instant now) {
        var found =
                jdbc.sql(COLUMNS + "s.hash = ?")
                        .param(at(now.minus(idle)))
                        .param(at(now.minus(lifetime)))
                        .param(secret.hash())
                        .query(SessionStore::session)
                        .optional();
        if (found.isPresent() && found.get().used().plus(GRAIN).isBefore(now)) {
            jdbc.sql("update session set used_at = ? where hash = ?")
                    .param(at(now))
                    .param(secret.hash())
                    .update();
        }
        return found;
    }

    List<Session> of(String account, Instant now) {
        return jdbc.sql(COLUMNS + "s.account = ? order by s.used_at desc, s.id")
                .param(at(now.minus(idle)))
                .param(at(now.minus(lifetime)))
                .param(account)
                .query(SessionStore::session)
                .list();
    }

    boolean delete(String account, UUID id) {
        return jdbc.sql("delete from session where account = ? and id = ?")
                        .param(account)
                        .param(id)
                        .update()
                > 0;
    }

    void deleteAll(String account) {
        jdbc.sql("delete from session where account = ?").param(account).update();
    }

    private static Session session(ResultSet row, int number) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                row.getString("account"),
                AccountStore.roles(row),
                Set.copyOf(texts(row, "factors")),
                instant(row, "since"),
                instant(row, "used_at"),
                row.getString("agent"));
    }
}
