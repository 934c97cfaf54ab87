// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What was used up of codes and refresh tokens, in PostgreSQL, by hash; it goes with the authorization it was of.
final class SpentGrants {
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private Instant swept = Instant.EPOCH;

    SpentGrants(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Uses it up: true for exactly one of all who try.
    boolean take(String token, String authorization) {
        return jdbc.sql(
                                "insert into spent_grant (hash, authorization_id) values (?, ?) on"
                                        + " conflict do nothing")
                        .param(sha256(token))
                        .param(authorization)
                        .update()
                > 0;
    }

    /// Of which authorization it was.
    Optional<String> owner(String token) {
        return jdbc.sql("select authorization_id from spent_grant where hash = ?")
                .param(sha256(token))
                .query(String.class)
                .optional();
    }

    /// Once a minute at most, removes what came to nothing within the hour, and what has ended; with an identity token one may sign out for a
    /// day after it.
    synchronized void sweep() {
        var now = clock.instant();
        if (now.isBefore(swept.plus(EVERY))) return;
        swept = now;
        jdbc.sql(
                        """
                        delete from oauth2_authorization
                        where saved_at < now() - interval '1 hour'
                          and coalesce(greatest(access_token_expires_at, refresh_token_expires_at),
                                       saved_at) < now() - interval '1 day' * (oidc_id_token_value is not null)::int
                        """)
                .update();
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
