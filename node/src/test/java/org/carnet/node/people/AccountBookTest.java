// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import org.carnet.log.Record;
import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.Role;
import org.carnet.node.database.Database;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// With the real PostgreSQL.
final class AccountBookTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static Database database;
    private static Told record;
    private static Accounts accounts;

    @BeforeAll
    static void open(@TempDir Path home) throws IOException {
        var data = home.resolve("node");
        var settings = Settings.of(Map.of("data.directory", data.toString()));
        database = Database.open(settings.database(), data);
        record = new Told();
        var jdbc = JdbcClient.create(database.dataSource());
        accounts =
                new AccountBook(
                        new AccountStore(jdbc),
                        new IdentityStore(jdbc),
                        new Diary(record),
                        new SecureRandom(),
                        () -> NOON);
    }

    @AfterAll
    static void close() throws IOException {
        database.close();
    }

    @Test
    void anAccountIsOnTheRecordWithItsRolesAndWhoOpenedIt() {
        var opened = accounts.open("alice", Set.of(Role.USER, Role.CREATOR), "root").orElseThrow();
        assertThat(opened)
                .isEqualTo(
                        new Account(
                                "alice",
                                Set.of(Role.USER, Role.CREATOR),
                                Account.State.ACTIVE,
                                NOON));
        assertThat(accounts.find("alice")).contains(opened);
        assertThat(record.of("alice", Record.Kind.ENROLLED))
                .containsExactly("{\"act\":\"opened\",\"roles\":[\"USER\",\"CREATOR\"]}");
    }

    @Test
    void aNameIsNeverGivenTwiceNotEvenWhenItsAccountIsClosed() {
        accounts.open("bob", Set.of(), "root");
        assertThat(accounts.open("bob", Set.of(Role.ADMINISTRATOR), "root")).isEmpty();
        accounts.change("bob", Set.of(), Account.State.CLOSED, "root");
        assertThat(accounts.open("bob", Set.of(), "root")).isEmpty();
        assertThat(accounts.change("bob", Set.of(), Account.State.ACTIVE, "root")).isEmpty();
        assertThat(accounts.find("bob")).hasValueSatisfying(b -> assertThat(b.active()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Alice",
                "al ice",
                "alice.",
                ".alice",
                "a..b",
                "a/b",
                "did:key:z6Mk",
                "аlice",
                "1alice",
                "alice\n"
            })
    void aNameThatCouldBeTakenForAnotherIsRefused(String name) {
        assertThatThrownBy(() -> accounts.open(name, Set.of(), "root"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"name\"");
        assertThat(accounts.find(name)).isEmpty();
    }

    @Test
    void aKeyBelongsToOneAccountAndOnlyItsPublicHalfIsTaken() throws Exception {
        accounts.open("robot", Set.of(Role.USER), "root");
        accounts.open("thief", Set.of(Role.USER), "root");
        var key = new ECKeyGenerator(Curve.P_256).generate();
        assertThatThrownBy(() -> accounts.addKey("robot", key, "root"))
                .hasMessage("\"key\" is a public key on P-256, as a JWK");
        assertThat(accounts.addKey("robot", key.toPublicJWK(), "root")).isTrue();
        assertThat(accounts.addKey("thief", key.toPublicJWK(), "thief")).isFalse();
        assertThat(accounts.keys("robot"))
                .extracting(ECKey::toJSONString)
                .containsExactly(key.toPublicJWK().toJSONString());
        assertThat(accounts.keys("thief")).isEmpty();
    }
}
