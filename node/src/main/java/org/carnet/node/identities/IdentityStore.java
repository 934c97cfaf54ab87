// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Identities of avatars in PostgreSQL, and how often what of them was shown.
final class IdentityStore {
    private static final String COLUMNS =
            "id, owner, avatar, thing, platform, did, alias, list, entry, shows, standing, expires";

    private final JdbcClient jdbc;

    IdentityStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Which identities are meant; what is empty does not matter.
    record Wanted(
            Optional<String> owner,
            Optional<String> avatar,
            Optional<String> thing,
            Optional<String> platform,
            Optional<String> did) {
        static Wanted ofOwner(String owner) {
            return new Wanted(
                    Optional.of(owner),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /// How often these claims of an identity were shown to its platform; `record` is of the last time.
    record Showing(List<String> claims, long times, Instant first, Instant last, long record) {}

    private static Identity identity(ResultSet row, int number) throws SQLException {
        return new Identity(
                row.getString(1),
                row.getString(2),
                Optional.ofNullable(row.getString(3)),
                Optional.ofNullable(row.getString(4)).map(DidKey::parse),
                row.getString(5),
                DidKey.parse(row.getString(6)),
                Optional.ofNullable(row.getString(7)).map(DidKey::parse),
                new Identity.Place(row.getString(8), row.getInt(9)),
                Identity.Terms.of(texts(row, 10), Optional.ofNullable(time(row, 11))),
                row.getTimestamp(12).toInstant());
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    void insert(Identity identity, Bytes sealed, Instant now) {
        jdbc.sql(
                        "insert into avatar_identity ("
                                + COLUMNS
                                + ", sealed, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                + " ?, ?, ?)")
                .param(identity.id())
                .param(identity.owner())
                .param(identity.avatar().orElse(null))
                .param(identity.thing().map(DidKey::value).orElse(null))
                .param(identity.platform())
                .param(identity.did().value())
                .param(identity.alias().map(DidKey::value).orElse(null))
                .param(identity.place().list())
                .param(identity.place().entry())
                .param(array(identity.terms().shows()))
                .param(identity.terms().standing().map(Timestamp::from).orElse(null))
                .param(Timestamp.from(identity.expires()))
                .param(sealed.unsafeArray())
                .param(Timestamp.from(now))
                .update();
    }

    Optional<Identity> find(String id) {
        return jdbc.sql("select " + COLUMNS + " from avatar_identity where id = ?")
                .param(id)
                .query(IdentityStore::identity)
                .optional();
    }

    Optional<String> ownerOf(String id) {
        return jdbc.sql("select owner from avatar_identity where id = ?")
                .param(id)
                .query(String.class)
                .optional();
    }

    /// The newest first.
    List<Identity> list(Wanted wanted, int limit) {
        var sql =
                new StringBuilder("select ")
                        .append(COLUMNS)
                        .append(" from avatar_identity where true");
        var given = new ArrayList<String>();
        wanted.owner().ifPresent(value -> and(sql, given, "owner", value));
        wanted.avatar().ifPresent(value -> and(sql, given, "avatar", value));
        wanted.thing().ifPresent(value -> and(sql, given, "thing", value));
        wanted.platform().ifPresent(value -> and(sql, given, "platform", value));
        wanted.did().ifPresent(value -> and(sql, given, "did", value));
        var query = jdbc.sql(sql + " order by created_at desc, id limit " + limit);
        for (var value : given) query = query.param(value);
        return query.query(IdentityStore::identity).list();
    }

    private static void and(StringBuilder sql, List<String> given, String column, String value) {
        sql.append(" and ").append(column).append(" = ?");
        given.add(value);
    }

    /// The identifier by which that platform knows the thing already.
    Optional<DidKey> alias(DidKey thing, String platform) {
        return jdbc.sql(
                        "select alias from avatar_identity where thing = ? and platform = ? and"
                                + " alias is not null limit 1")
                .params(thing.value(), platform)
                .query(String.class)
                .optional()
                .map(DidKey::parse);
    }

    /// Whether another platform knows something by this identifier.
    boolean isKnownElsewhere(DidKey alias, String platform) {
        return jdbc.sql(
                        "select exists (select 1 from avatar_identity where alias = ? and platform"
                                + " <> ?)")
                .params(alias.value(), platform)
                .query(Boolean.class)
                .single();
    }

    Optional<Bytes> sealed(String id) {
        return jdbc.sql("select sealed from avatar_identity where id = ?")
                .param(id)
                .query((row, number) -> Bytes.unsafe(row.getBytes(1)))
                .optional();
    }

    void renew(String id, Bytes sealed, Instant expires) {
        jdbc.sql("update avatar_identity set sealed = ?, expires = ? where id = ?")
                .param(sealed.unsafeArray())
                .param(Timestamp.from(expires))
                .param(id)
                .update();
    }

    void change(String id, Identity.Terms terms) {
        jdbc.sql("update avatar_identity set shows = ?, standing = ? where id = ?")
                .param(array(terms.shows()))
                .param(terms.standing().map(Timestamp::from).orElse(null))
                .param(id)
                .update();
    }

    void delete(String id) {
        jdbc.sql("delete from avatar_identity where id = ?").param(id).update();
    }

    void shown(String id, Collection<String> claims, Instant now, long record) {
        jdbc.sql(
                        "insert into avatar_showing values (?, ?, 1, ?, ?, ?) on conflict"
                                + " (identity, claims) do update set times ="
                                + " avatar_showing.times + 1, last_at = excluded.last_at, record ="
                                + " excluded.record")
                .param(id)
                .param(array(claims))
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .param(record)
                .update();
    }

    List<Showing> showings(String id) {
        return jdbc.sql(
                        "select claims, times, first_at, last_at, record from avatar_showing where"
                                + " identity = ? order by last_at desc")
                .param(id)
                .query(
                        (row, number) ->
                                new Showing(
                                        texts(row, 1),
                                        row.getLong(2),
                                        row.getTimestamp(3).toInstant(),
                                        row.getTimestamp(4).toInstant(),
                                        row.getLong(5)))
                .list();
    }
}
