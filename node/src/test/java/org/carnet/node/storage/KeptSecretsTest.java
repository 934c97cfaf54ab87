// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.node.database.Database;
import org.carnet.node.points.Keys.Range;
import org.carnet.node.points.SubjectForgotten;
import org.carnet.node.settings.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What agents keep of a subject: it outlives every epoch, and goes with the subject.
class KeptSecretsTest {
    private static final Instant NOON = Samples.NOON;
    private static final Bytes PLAIN = Bytes.utf8("a key of an avatar");

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

    static Stream<SubjectKeys> keys() {
        var random = new SecureRandom();
        var wrap = Bytes.utf8("0123456789abcdef0123456789abcdef");
        var day = Duration.ofDays(1);
        return Stream.of(
                new MemorySubjectKeys(random),
                new StoredSubjectKeys(database.dataSource(), wrap, random, day));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void forgettingARangeOfTimeLeavesItAndForgettingTheSubjectDestroysIt(SubjectKeys keys) {
        var secrets = new SealedSecrets(keys, new SecureRandom());
        var sealed = secrets.seal("mira", "identity 7", PLAIN);
        var standIn = secrets.standIn("mira", "owner at arcadia");
        keys.of("mira", NOON);
        for (var range :
                List.of(
                        Range.touching(Instant.MIN, NOON.plusSeconds(1)),
                        Range.within(Instant.MIN, NOON.plus(Duration.ofDays(9))))) {
            var closed = keys.close("mira", range);
            keys.destroy("mira", closed.stream().map(SubjectKey::id).toList());
            assertThat(secrets.open("identity 7", sealed)).contains(PLAIN);
            assertThat(secrets.standIn("mira", "owner at arcadia")).isEqualTo(standIn);
        }
        assertThat(secrets.open("identity 8", sealed)).isEmpty();
        assertThat(secrets.standIn("mira", "owner at agora")).isNotEqualTo(standIn);

        var closed = keys.close("mira", Range.ALL);
        keys.bar("mira");
        keys.destroy("mira", closed.stream().map(SubjectKey::id).toList());
        assertThat(secrets.open("identity 7", sealed)).isEmpty();
        assertThatThrownBy(() -> secrets.seal("mira", "identity 7", PLAIN))
                .isInstanceOf(SubjectForgotten.class);
        keys.begin("mira");
        assertThat(secrets.standIn("mira", "owner at arcadia")).isNotEqualTo(standIn);
    }
}
