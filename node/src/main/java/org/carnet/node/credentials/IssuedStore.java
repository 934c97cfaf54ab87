// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.credential.Status;
import org.carnet.credential.StatusList;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What this node remembers of the credentials that it issued: their entries in its status lists, and what these say.
final class IssuedStore {
    /// A list that is half full is closed, so that free entries are found at random in two tries.
    private static final int FULL = StatusList.SIZE / 2;

    private final JdbcClient jdbc;
    private final SecureRandom random;

    /// @param list the name of the status list
    record Place(String list, int entry, Status status) {}

    IssuedStore(JdbcClient jdbc, SecureRandom random) {
        this.jdbc = jdbc;
        this.random = random;
    }

    /// A new place, at random, in a list that this issuer signs; nobody else gets it.
    ///
    /// @return empty if a credential of that id was issued before
    synchronized Optional<Place> allocate(String id, String issuer, Instant now) {
        if (find(id).isPresent()) return Optional.empty();
        var list = openList(issuer);
        while (true) {
            int entry = random.nextInt(StatusList.SIZE);
            int added =
                    jdbc.sql(
                                    "insert into issued_credential values (?, ?, ?, 'VALID', ?, ?)"
                                            + " on conflict (list, entry) do nothing")
                            .params(id, list, entry, Timestamp.from(now), issuer)
                            .update();
            if (added == 1) return Optional.of(new Place(list, entry, Status.VALID));
        }
    }

    private String openList(String issuer) {
        return jdbc.sql(
                        "select list from issued_credential where issuer = ? group by list having"
                                + " count(*) < ? limit 1")
                .params(issuer, FULL)
                .query(String.class)
                .optional()
                .orElseGet(this::newList);
    }

    private String newList() {
        var name = new byte[9];
        random.nextBytes(name);
        return Bytes.unsafe(name).toBase64Url();
    }

    Optional<Place> find(String id) {
        return jdbc.sql("select list, entry, status from issued_credential where id = ?")
                .param(id)
                .query(
                        (row, number) ->
                                new Place(
                                        row.getString(1),
                                        row.getInt(2),
                                        Status.valueOf(row.getString(3))))
                .optional();
    }

    void mark(String id, Status status) {
        jdbc.sql("update issued_credential set status = ? where id = ?")
                .params(status.name(), id)
                .update();
    }

    /// Who signs the list; empty if there is none of that name.
    Optional<String> issuer(String list) {
        return jdbc.sql(
                        "select coalesce(issuer, '') from issued_credential where list = ? limit"
                                + " 1")
                .param(list)
                .query(String.class)
                .optional();
    }

    StatusList list(String list) {
        Map<Integer, Status> marked = new HashMap<>();
        jdbc.sql("select entry, status from issued_credential where list = ? and status <> 'VALID'")
                .param(list)
                .query(
                        row -> {
                            marked.put(row.getInt(1), Status.valueOf(row.getString(2)));
                        });
        return new StatusList(marked);
    }
}
