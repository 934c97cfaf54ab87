// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.carnet.node.people.AccountStore.at;
import static org.carnet.node.people.AccountStore.instant;

import org.carnet.node.access.ForeignIdentity;
import org.carnet.node.access.LinkedIdentity;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Which foreign identities belong to which accounts, in PostgreSQL.
final class IdentityStore {
    private final JdbcClient jdbc;

    IdentityStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> account(ForeignIdentity identity) {
        return jdbc.sql("select account from foreign_identity where issuer = ? and subject = ?")
                .param(identity.issuer())
                .param(identity.subject())
                .query((row, number) -> row.getString(1))
                .optional();
    }

    List<LinkedIdentity> of(String account) {
        return jdbc.sql(
                        "select id, issuer, subject, linked_at from foreign_identity where account"
                                + " = ? order by linked_at, id")
                .param(account)
                .query(
                        (row, number) ->
                                new LinkedIdentity(
                                        row.getObject("id", UUID.class),
                                        new ForeignIdentity(
                                                row.getString("issuer"), row.getString("subject")),
                                        instant(row, "linked_at")))
                .list();
    }

    void insert(String account, LinkedIdentity linked) {
        jdbc.sql(
                        "insert into foreign_identity (id, issuer, subject, account, linked_at)"
                                + " values (?, ?, ?, ?, ?)")
                .param(linked.id())
                .param(linked.identity().issuer())
                .param(linked.identity().subject())
                .param(account)
                .param(at(linked.linked()))
                .update();
    }

    boolean delete(String account, UUID id) {
        return jdbc.sql("delete from foreign_identity where account = ? and id = ?")
                        .param(account)
                        .param(id)
                        .update()
                > 0;
    }
}
