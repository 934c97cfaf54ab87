// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.carnet.node.people.AccountStore.at;

import org.carnet.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What signs a person in once when everything else is lost: recovery codes, and links that an administrator hands out.
///
/// Only hashes are kept, and what was used is gone.
final class SpareKeys {
    private static final int CODES = 10;

    /// 80 bits: sixteen letters, in groups of four.
    private static final int CODE_BYTES = 10;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final SecureRandom random;

    SpareKeys(JdbcClient jdbc, Vault vault, SecureRandom random) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.random = random;
    }

    /// New recovery codes, which nobody sees again; earlier ones hold no more.
    List<String> newCodes(String account) {
        jdbc.sql("delete from recovery_code where account = ?").param(account).update();
        var codes = new ArrayList<String>();
        for (int i = 0; i < CODES; i++) {
            var bytes = new byte[CODE_BYTES];
            random.nextBytes(bytes);
            var letters = Base32.encode(Bytes.unsafe(bytes)).toLowerCase(Locale.ROOT);
            codes.add(letters.replaceAll("(.{4})(?!$)", "$1-"));
            jdbc.sql("insert into recovery_code (hash, account) values (?, ?)")
                    .param(hash(account, letters).toArray())
                    .param(account)
                    .update();
        }
        return List.copyOf(codes);
    }

    /// Takes a code: true once for each.
    boolean takeCode(String account, String code) {
        var letters = code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        return jdbc.sql(
                                "delete from recovery_code where hash = ? and account = ? and"
                                    + " exists (select 1 from account where name = ? and state ="
                                    + " 'ACTIVE')")
                        .param(hash(account, letters).toArray())
                        .param(account)
                        .param(account)
                        .update()
                > 0;
    }

    int codesLeft(String account) {
        return jdbc.sql("select count(*) from recovery_code where account = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    Secret newLink(String account, Instant now, Instant expiry) {
        jdbc.sql("delete from sign_in_link where expires_at <= ?").param(at(now)).update();
        var secret = Secret.random(random);
        jdbc.sql("insert into sign_in_link (hash, account, expires_at) values (?, ?, ?)")
                .param(secret.hash())
                .param(account)
                .param(at(expiry))
                .update();
        return secret;
    }

    /// Takes a link: whose it was, once.
    Optional<String> takeLink(Secret secret, Instant now) {
        return jdbc.sql(
                        "delete from sign_in_link where hash = ? and expires_at > ? returning"
                                + " account")
                .param(secret.hash())
                .param(at(now))
                .query(String.class)
                .optional();
    }

    private Bytes hash(String account, String letters) {
        return vault.mac("recovery code", account + ' ' + letters);
    }
}
