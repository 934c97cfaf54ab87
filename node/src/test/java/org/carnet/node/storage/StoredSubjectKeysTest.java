// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.node.database.Database;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// With the real PostgreSQL that nodes run.
class StoredSubjectKeysTest {
    private static final Bytes WRAP = Bytes.utf8("0123456789abcdef0123456789abcdef");
    private static final Instant NOON = Samples.NOON;
    private static final byte[] HERE = {1};

    @TempDir static Path home;
    private static Database database;

    @BeforeAll
    static void start() throws IOException {
        database =
                Database.open(
                        Settings.of(Map.of("data.directory", home + "/node")).database(), home);
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    private static StoredSubjectKeys keys() {
        return new StoredSubjectKeys(
                database.dataSource(), WRAP, new SecureRandom(), Duration.ofDays(1));
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void theNextStartOpensWhatThisOneSealed() {
        var before = keys().of("owner-1", NOON);
        var sealed = new Seal(new SecureRandom()).seal(before, HERE, new byte[] {7});
        var after = keys();
        var byId = after.byId(Seal.keyId(sealed)).orElseThrow();
        assertThat(new Seal(new SecureRandom()).open(byId, HERE, sealed)).contains(new byte[] {7});
        assertThat(after.of("owner-1", NOON).pseudonym("x")).isEqualTo(before.pseudonym("x"));
        assertThat(after.of("owner-2", NOON).id()).isNotEqualTo(before.id());
    }

    @Test
    void aSubjectThatManyAskForAtOnceGetsOneKey() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = keys();
            var second = keys();
            Callable<Bytes> ask = () -> first.of("popular", NOON).pseudonym("x").bytes();
            Callable<Bytes> askOther = () -> second.of("popular", NOON).pseudonym("x").bytes();
            var answers =
                    callers.invokeAll(
                            Stream.generate(() -> Stream.of(ask, askOther))
                                    .limit(20)
                                    .flatMap(s -> s)
                                    .toList());
            var distinct = new HashSet<Bytes>();
            for (var answer : answers) distinct.add(answer.get());
            assertThat(distinct).hasSize(1);
        }
    }

    @Test
    void aKeyThatWasDestroyedIsNotThereAfterTheNextStart() throws SQLException {
        long id = keys().of("leaving", NOON).id();
        execute("delete from subject_keys where subject = 'leaving'");
        assertThat(keys().byId(id)).isEmpty();
        assertThat(keys().of("leaving", NOON).id()).isNotEqualTo(id);
    }

    @Test
    void theDatabaseAloneOpensNothing() throws SQLException {
        keys().of("owner-3", NOON);
        var foreign =
                new StoredSubjectKeys(
                        database.dataSource(),
                        Bytes.utf8("f".repeat(32)),
                        new SecureRandom(),
                        Duration.ofDays(1));
        assertThatThrownBy(() -> foreign.of("owner-3", NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not open with this node's key");
    }

    @Test
    void aKeyThatWasMovedToAnotherSubjectDoesNotOpen() throws SQLException {
        keys().of("mine", NOON);
        execute("update subject_keys set subject = 'theirs' where subject = 'mine'");
        assertThatThrownBy(() -> keys().of("theirs", NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
