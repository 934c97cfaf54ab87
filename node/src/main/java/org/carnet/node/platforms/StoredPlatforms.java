// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import org.carnet.exchange.ReplayMemory;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What this node remembers of other platforms in PostgreSQL: the newest versions of their DIDs, and the requests that it
/// accepted, for as long as they could be sent again.
final class StoredPlatforms implements MetPlatforms, ReplayMemory {
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private Instant swept = Instant.MIN;

    StoredPlatforms(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<String> newest(String did) {
        return jdbc.sql("select version from met_platform where did = ?")
                .param(did)
                .query(String.class)
                .optional();
    }

    @Override
    public void remember(String did, String version, Instant now) {
        jdbc.sql(
                        "insert into met_platform values (?, ?, ?) on conflict (did) do update set"
                                + " version = excluded.version, seen_at = excluded.seen_at where"
                                + " met_platform.version <> excluded.version")
                .params(did, version, Timestamp.from(now))
                .update();
    }

    /// Who is told that it is the first finds it on disk: an accepted request stays accepted, whatever crashes.
    @Override
    public boolean isFirst(String platform, String nonce, Instant until) {
        sweep(clock.instant());
        return jdbc.sql(
                                """
                                insert into exchange_nonce select ?, ?, ?::timestamptz
                                from (select set_config('synchronous_commit', 'on', true)) durably
                                on conflict (platform, nonce) do nothing\
                                """)
                        .params(platform, nonce, Timestamp.from(until))
                        .update()
                == 1;
    }

    /// What is too old to be accepted needs no memory.
    private synchronized void sweep(Instant now) {
        if (!swept.equals(Instant.MIN) && now.isBefore(swept.plus(SWEEP))) return;
        swept = now;
        jdbc.sql("delete from exchange_nonce where until < ?").param(Timestamp.from(now)).update();
    }
}
