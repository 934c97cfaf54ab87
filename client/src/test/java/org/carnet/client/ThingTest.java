// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.SignedPack;
import org.carnet.envelope.Value;
import org.carnet.envelope.VerifiedPack;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class ThingTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Reading READING = new Reading("lamp", NOON, new Value.Flag(true), "");

    @TempDir Path home;

    @ParameterizedTest
    @EnumSource
    void whatAThingSignsIsItsOwnAndNumberedInOrder(Form form) throws IOException {
        var directory = create(Algorithm.ED25519);
        try (var thing = Thing.open(directory)) {
            var first = verified(thing, thing.sign(form, NOON, List.of(READING)));
            var second = verified(thing, thing.sign(form, NOON, List.of(READING)));

            assertThat(first.thing()).isEqualTo(thing.id());
            assertThat(first.form()).isEqualTo(form);
            assertThat(first.readings()).containsExactly(READING);
            assertThat(first.sequence()).isEqualTo(1);
            assertThat(second.sequence()).isEqualTo(2);
        }
        try (var again = Thing.open(directory)) {
            assertThat(verified(again, again.sign(form, NOON, List.of(READING))).sequence())
                    .isGreaterThan(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyItsOwnerCanReadTheKey(Algorithm algorithm) throws IOException {
        var key = create(algorithm).resolve("key.jwk");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void aThingIsNeverOverwritten() throws IOException {
        var directory = create(Algorithm.P256);
        var key = Files.readString(directory.resolve("key.jwk"));

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> create(Algorithm.P256));
        assertThat(directory.resolve("key.jwk")).hasContent(key);
    }

    @Test
    void aReplayKeepsTheTimingOfTheRecordingAndNumbersItsPacks() throws Exception {
        var packs = new ArrayList<VerifiedPack>();
        var recording = Recording.of("s06");
        try (var thing = Thing.open(create(Algorithm.ED25519))) {
            var replay =
                    new Replay(
                            thing,
                            Form.COSE_SENML_CBOR,
                            collecting(thing, packs),
                            InstantSource.system(),
                            new Ignoring());
            replay.play(
                    recording, Duration.ofMillis(300), reading -> !reading.unit().equals("rad/s"));
        }

        assertThat(packs).extracting(VerifiedPack::sequence).containsExactly(1L, 2L, 3L);
        var start = packs.getFirst().readings().getFirst().time();
        var heard =
                packs.stream()
                        .flatMap(pack -> pack.readings().stream())
                        .filter(reading -> reading.property().equals("acceleration-y"))
                        .toList();
        assertThat(heard).hasSizeBetween(25, 35);
        for (int i = 0; i < heard.size(); i++) {
            var sample = recording.samples().get(i);
            assertThat(heard.get(i).value())
                    .isEqualTo(new Value.Quantity(sample.acceleration().y()));
            assertThat(Duration.between(start, heard.get(i).time())).isEqualTo(sample.offset());
        }
        assertThat(packs)
                .allSatisfy(
                        pack ->
                                assertThat(pack.properties())
                                        .contains("activity")
                                        .doesNotContain("rotation-x"));
    }

    private Path create(Algorithm algorithm) throws IOException {
        var directory = home.resolve("thing");
        var key = SigningKey.generate(algorithm, new SecureRandom());
        Thing.create(directory, key, ThingDescription.ofWatch(key.did(), "Watch")).close();
        return directory;
    }

    private static VerifiedPack verified(Thing thing, Bytes pack) {
        var signed = (SignedPack) SignedPack.decode(pack);
        return (VerifiedPack) signed.verify(VerificationKey.of(thing.id()));
    }

    private static Carrier collecting(Thing thing, List<VerifiedPack> packs) {
        return new Carrier() {
            @Override
            public CompletableFuture<Ack> send(Bytes pack) {
                packs.add(verified(thing, pack));
                return CompletableFuture.completedFuture(new Ack.Durable(packs.size()));
            }

            @Override
            public void close() {}
        };
    }

    private static final class Ignoring implements Replay.Observer {
        @Override
        public void answered(Bytes pack, Ack ack, Duration after) {}

        @Override
        public void unanswered(Bytes pack, IOException cause) {
            throw new AssertionError(cause);
        }
    }
}
