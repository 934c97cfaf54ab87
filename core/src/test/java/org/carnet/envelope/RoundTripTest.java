// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class RoundTripTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123Z");

    static Stream<Arguments> formsAndAlgorithms() {
        return Stream.of(Form.values())
                .flatMap(f -> Stream.of(Algorithm.values()).map(a -> Arguments.of(f, a)));
    }

    @ParameterizedTest
    @MethodSource("formsAndAlgorithms")
    void whatAThingSignsIsWhatTheVerifierReads(Form form, Algorithm algorithm) {
        var key = SigningKey.generate(algorithm, new SecureRandom());
        var readings =
                List.of(
                        new Reading("acceleration-x", NOW, new Value.Quantity(-9.80665), "m/s2"),
                        new Reading("activity", NOW, new Value.Text("WALKING \"é\" <&>\n🚶"), ""),
                        new Reading("worn", NOW.plusMillis(10), new Value.Flag(true), ""),
                        new Reading("energy", NOW.minusMillis(7), new Value.Sum(1e21), "J"),
                        new Reading("blob", NOW, new Value.Data(Bytes.hex("00ff10")), ""));
        var raw = Signer.sign(key, form, key.did(), 42, NOW, readings);

        var pack = (SignedPack) SignedPack.decode(raw);
        assertThat(pack.form()).isEqualTo(form);
        assertThat(pack.raw()).isEqualTo(raw);

        var verified = (VerifiedPack) pack.verify(VerificationKey.of(pack.signer()));
        assertThat(verified.readings()).isEqualTo(readings);
        assertThat(verified.thing()).isEqualTo(key.did());
        assertThat(verified.signer()).isEqualTo(key.did());
        assertThat(verified.sequence()).isEqualTo(42);
        assertThat(verified.signedAt()).isEqualTo(NOW);
        assertThat(verified.properties())
                .containsExactlyInAnyOrder("acceleration-x", "activity", "worn", "energy", "blob");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aGatewaySignsForItsThing(Form form) {
        var random = new SecureRandom();
        var gateway = SigningKey.generate(Algorithm.ED25519, random);
        var thing = SigningKey.generate(Algorithm.P256, random).did();
        var readings = List.of(new Reading("level", NOW, new Value.Quantity(1), "%EL"));

        var pack =
                (SignedPack) SignedPack.decode(Signer.sign(gateway, form, thing, 1, NOW, readings));
        assertThat(pack.signer()).isEqualTo(gateway.did());
        assertThat(pack.thing()).isEqualTo(thing);

        var verified = (VerifiedPack) pack.verify(VerificationKey.of(gateway.did()));
        assertThat(verified.signer()).isEqualTo(gateway.did());
        assertThat(verified.thing()).isEqualTo(thing);
        assertThat(verified.readings()).isEqualTo(readings);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void anyFiniteNumberAtAnyTimeComesBackExactly(Form form) {
        long seed = 20261120;
        var random = new Random(seed);
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        for (int round = 0; round < 200; round++) {
            var readings = new ArrayList<Reading>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                var value = Double.longBitsToDouble(random.nextLong());
                if (!Double.isFinite(value)) value = random.nextInt();
                var time = NOW.plusNanos(1000L * random.nextInt());
                readings.add(new Reading("p" + i, time, new Value.Quantity(value), ""));
            }
            var raw = Signer.sign(key, form, key.did(), 1 + round, NOW, readings);
            var pack = (SignedPack) SignedPack.decode(raw);
            assertThat(pack.verify(VerificationKey.of(key.did())))
                    .as("seed %s round %s: %s", seed, round, raw.toUtf8())
                    .isInstanceOfSatisfying(
                            VerifiedPack.class, v -> assertThat(v.readings()).isEqualTo(readings));
        }
    }
}
