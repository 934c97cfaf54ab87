// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.identity.DidKey;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
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

    /// @param consumer told of each thing, and of its condition if that ever changed
    void eachRegistration(BiConsumer<Registration, Optional<Condition>> consumer) {
        try (var rows =
                jdbc
                        .sql(
                                "select registration::text, condition::text from thing order by"
                                        + " created_at, did")
                        .query(
                                (row, number) ->
                                        Map.entry(
                                                registration(row, number),
                                                Optional.ofNullable(row.getString(2))
                                                        .map(Details::parse)
                                                        .map(Condition::parse)))
                        .stream()) {
            rows.forEach(row -> consumer.accept(row.getKey(), row.getValue()));
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

    /// Writes what a thing is now; it may have another owner.
    void put(Registration registration, Condition condition) {
        jdbc.sql(
                        """
                        insert into thing (did, registration, condition)
                        values (:did, :registration::jsonb, :condition::jsonb)
                        on conflict (did) do update
                        set registration = excluded.registration, condition = excluded.condition\
                        """)
                .param("did", registration.thing().value())
                .param("registration", registration.toJson().toString())
                .param("condition", condition.toJson().toString())
                .update();
    }

    /// The thing that this device is, by what its maker knows it by.
    Optional<DidKey> ofDevice(String fingerprint) {
        return jdbc.sql("select did from thing where device = ?")
                .param(fingerprint)
                .query((row, number) -> new DidKey(row.getString(1)))
                .optional();
    }

    void setDevice(DidKey thing, String fingerprint) {
        jdbc.sql("update thing set device = ? where did = ?")
                .param(fingerprint)
                .param(thing.value())
                .update();
    }

    void update(DidKey thing, Condition condition) {
        jdbc.sql("update thing set condition = ?::jsonb where did = ?")
                .param(condition.toJson().toString())
                .param(thing.value())
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

    /// Deletes all things and all mappings of an owner.
    void delete(String owner) {
        jdbc.sql("delete from mapping where terms->>'owner' = ?").param(owner).update();
        jdbc.sql("delete from thing where registration->>'owner' = ?").param(owner).update();
    }

    void update(String mapping, Permission.State state) {
        jdbc.sql("update mapping set state = ? where id = ?")
                .param(state.name())
                .param(mapping)
                .update();
    }
}
