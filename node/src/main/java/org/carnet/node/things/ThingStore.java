// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.identity.DidKey;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Registrations and mappings in PostgreSQL. Writing one that is there already changes nothing.
final class ThingStore {
    private final JdbcClient jdbc;

    ThingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Registration registration(ResultSet row, int number) throws SQLException {
        return Registration.parse(Details.parse(row.getString(1)));
    }

    void eachRegistration(Consumer<Registration> consumer) {
        try (var rows =
                jdbc
                        .sql("select registration::text from thing order by created_at, did")
                        .query(ThingStore::registration)
                        .stream()) {
            rows.forEach(consumer);
        }
    }

    void eachPermission(Consumer<Permission> consumer) {
        try (var rows =
                jdbc
                        .sql("select terms::text, state from mapping order by number")
                        .query(
                                (row, number) ->
                                        new Permission(
                                                Terms.stored(Details.parse(row.getString(1))),
                                                Permission.State.valueOf(row.getString(2))))
                        .stream()) {
            rows.forEach(consumer);
        }
    }

    Optional<Registration> registration(DidKey thing) {
        return jdbc.sql("select registration::text from thing where did = ?")
                .param(thing.value())
                .query(ThingStore::registration)
                .optional();
    }

    List<Registration> registrations(int offset, int limit) {
        return jdbc.sql(
                        "select registration::text from thing order by created_at, did offset ?"
                                + " limit ?")
                .param(offset)
                .param(limit)
                .query(ThingStore::registration)
                .list();
    }

    void insert(Registration registration) {
        jdbc.sql(
                        "insert into thing (did, registration) values (?, ?::jsonb) on conflict do"
                                + " nothing")
                .param(registration.thing().value())
                .param(registration.toJson().toString())
                .update();
    }

    void insert(Mapping mapping) {
        jdbc.sql(
                        "insert into mapping (id, thing, terms, state) values (?, ?, ?::jsonb,"
                                + " 'ACTIVE') on conflict do nothing")
                .param(mapping.id())
                .param(mapping.thing().value())
                .param(Terms.json(mapping).toString())
                .update();
    }

    /// Deletes all things of an owner and their mappings.
    void delete(String owner) {
        jdbc.sql(
                        """
                        delete from mapping
                        where thing in (select did from thing where registration->>'owner' = ?)\
                        """)
                .param(owner)
                .update();
        jdbc.sql("delete from thing where registration->>'owner' = ?").param(owner).update();
    }

    void update(String mapping, Permission.State state) {
        jdbc.sql("update mapping set state = ? where id = ?")
                .param(state.name())
                .param(mapping)
                .update();
    }
}
