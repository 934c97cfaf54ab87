// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Signals in PostgreSQL, by the index of their record.
final class SignalStore {
    private static final String ALL =
            """
            select id, sort, party, owner, rule, score, reasons::text, joint, effect, state, raised_at,
                   due_at, decided_by, decided_at, why
            from signal\
            """;

    private final JdbcClient jdbc;

    SignalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Those whose effect still holds, oldest first.
    List<Signal> holding() {
        return jdbc.sql(ALL + " where state in ('OPEN', 'UPHELD') order by id")
                .query(SignalStore::signal)
                .list();
    }

    Optional<Signal> find(long id) {
        return jdbc.sql(ALL + " where id = ?").param(id).query(SignalStore::signal).optional();
    }

    /// The newest ones, those before an index only.
    ///
    /// @param owner only those about what is theirs
    List<Signal> list(Optional<String> owner, long before, int limit) {
        return jdbc.sql(
                        ALL
                                + " where id < ? and (?::text is null or owner = ?) order by id"
                                + " desc limit ?")
                .param(before)
                .param(owner.orElse(null))
                .param(owner.orElse(null))
                .param(limit)
                .query(SignalStore::signal)
                .list();
    }

    void insert(Signal signal) {
        var finding = signal.finding();
        jdbc.sql(
                        """
                        insert into signal (id, sort, party, owner, rule, score, reasons, joint, effect,
                                            state, raised_at, due_at)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?) on conflict do nothing\
                        """)
                .param(signal.id())
                .param(finding.party().sort().name())
                .param(finding.party().id())
                .param(finding.party().owner())
                .param(finding.rule().name())
                .param(finding.score())
                .param(SignalJson.reasons(finding.reasons()).toString())
                .param(signal.joint())
                .param(signal.effect().name())
                .param(signal.state().name())
                .param(Timestamp.from(signal.raised()))
                .param(signal.due().map(Timestamp::from).orElse(null))
                .update();
    }

    void update(Signal signal) {
        jdbc.sql(
                        """
                        update signal set effect = ?, state = ?, due_at = ?, decided_by = ?, decided_at = ?,
                                          why = ?
                        where id = ?\
                        """)
                .param(signal.effect().name())
                .param(signal.state().name())
                .param(signal.due().map(Timestamp::from).orElse(null))
                .param(signal.decision().map(Signal.Decision::by).orElse(null))
                .param(
                        signal.decision()
                                .map(decision -> Timestamp.from(decision.at()))
                                .orElse(null))
                .param(signal.decision().map(Signal.Decision::why).orElse(null))
                .param(signal.id())
                .update();
    }

    int delete(String owner) {
        return jdbc.sql("delete from signal where owner = ?").param(owner).update();
    }

    private static Signal signal(ResultSet row, int number) throws SQLException {
        var finding =
                new Finding(
                        SignalJson.party(
                                row.getString("sort"),
                                row.getString("party"),
                                row.getString("owner")),
                        Rule.valueOf(row.getString("rule")),
                        row.getDouble("score"),
                        SignalJson.reasons(row.getString("reasons")));
        var by = Optional.ofNullable(row.getString("decided_by"));
        var at = instant(row, "decided_at");
        var why = Optional.ofNullable(row.getString("why"));
        return new Signal(
                row.getLong("id"),
                finding,
                row.getDouble("joint"),
                SignalJson.effect(row.getString("effect")),
                SignalJson.state(row.getString("state")),
                row.getTimestamp("raised_at").toInstant(),
                instant(row, "due_at"),
                by.map(name -> new Signal.Decision(name, at.orElseThrow(), why.orElse(""))));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
