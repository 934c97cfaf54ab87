// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import com.nimbusds.jose.jwk.ECKey;

import org.carnet.node.access.Account;
import org.carnet.node.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Accounts and their keys in PostgreSQL.
final class AccountStore {
    private final JdbcClient jdbc;

    /// A key by which a program acts for its account.
    ///
    /// @param thumbprint names it (RFC 7638)
    record ProgramKey(String thumbprint, Instant added) {}

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Account> find(String name) {
        return jdbc.sql("select name, roles, state, opened_at from account where name = ?")
                .param(name)
                .query(AccountStore::account)
                .optional();
    }

    List<Account> list(int offset, int limit) {
        return jdbc.sql(
                        "select name, roles, state, opened_at from account order by name offset ?"
                                + " limit ?")
                .param(offset)
                .param(limit)
                .query(AccountStore::account)
                .list();
    }

    /// Two of those who may appoint others, or as many as there are.
    List<String> administrators() {
        return jdbc.sql(
                        "select name from account where state = 'ACTIVE' and 'ADMINISTRATOR' ="
                                + " any(roles) limit 2")
                .query((row, number) -> row.getString(1))
                .list();
    }

    void insert(Account account) {
        jdbc.sql("insert into account (name, roles, state, opened_at) values (?, ?, ?, ?)")
                .param(account.name())
                .param(names(account.roles()))
                .param(account.state().name())
                .param(at(account.opened()))
                .update();
    }

    void update(String name, Set<Role> roles, Account.State state) {
        jdbc.sql("update account set roles = ?, state = ? where name = ?")
                .param(names(roles))
                .param(state.name())
                .param(name)
                .update();
    }

    /// Ends its sessions and the links with which it could begin another.
    void signOut(String name) {
        jdbc.sql("delete from session where account = ?").param(name).update();
        jdbc.sql("delete from sign_in_link where account = ?").param(name).update();
    }

    boolean hasKey(String thumbprint) {
        return jdbc.sql("select 1 from account_key where thumbprint = ?")
                .param(thumbprint)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void insertKey(String account, String thumbprint, ECKey key, Instant now) {
        jdbc.sql(
                        "insert into account_key (thumbprint, account, jwk, added_at) values (?, ?,"
                                + " ?, ?)")
                .param(thumbprint)
                .param(account)
                .param(key.toJSONString())
                .param(at(now))
                .update();
    }

    List<ECKey> keys(String account) {
        return jdbc.sql("select jwk from account_key where account = ? order by added_at")
                .param(account)
                .query((row, number) -> key(row.getString(1)))
                .list();
    }

    List<ProgramKey> programKeys(String account) {
        return jdbc.sql(
                        "select thumbprint, added_at from account_key where account = ? order by"
                                + " added_at")
                .param(account)
                .query(
                        (row, number) ->
                                new ProgramKey(
                                        row.getString("thumbprint"), instant(row, "added_at")))
                .list();
    }

    boolean deleteKey(String account, String thumbprint) {
        return jdbc.sql("delete from account_key where account = ? and thumbprint = ?")
                        .param(account)
                        .param(thumbprint)
                        .update()
                > 0;
    }

    private static ECKey key(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalStateException("a stored key is none", e);
        }
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("name"),
                roles(row),
                Account.State.valueOf(row.getString("state")),
                instant(row, "opened_at"));
    }

    static Set<Role> roles(ResultSet row) throws SQLException {
        return texts(row, "roles").stream().map(Role::valueOf).collect(Collectors.toSet());
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.copyOf(Arrays.asList((String[]) row.getArray(column).getArray()));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String[] names(Collection<Role> roles) {
        return roles.stream().map(Role::name).sorted().toArray(String[]::new);
    }
}
