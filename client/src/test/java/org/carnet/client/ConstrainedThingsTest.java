// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.client.ConstrainedThings.Answer;
import org.carnet.envelope.MacPack;
import org.carnet.envelope.Reading;
import org.carnet.envelope.SignedPack;
import org.carnet.envelope.Value;
import org.carnet.envelope.VerifiedPack;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class ConstrainedThingsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final SigningKey GATEWAY = key("11");
    private static final DidKey SENSOR = key("22").did();
    private static final DidKey OTHER = key("33").did();
    private static final Bytes SHARED = Bytes.hex("44".repeat(32));

    private final ConstrainedThings things = new ConstrainedThings(GATEWAY);

    ConstrainedThingsTest() {
        things.add(SENSOR, SHARED);
        things.add(OTHER, Bytes.hex("55".repeat(32)));
    }

    private static SigningKey key(String seed) {
        return SigningKey.of(Algorithm.ED25519, Bytes.hex(seed.repeat(32)));
    }

    private static Bytes pack(DidKey thing, Bytes key, long sequence) {
        var reading = new Reading("level", NOW, new Value.Quantity(7), "%EL");
        return MacPack.create(key, thing, sequence, NOW, List.of(reading));
    }

    private String vouch(DidKey thing, Bytes pack) {
        return switch (things.vouch(thing, pack)) {
            case Answer.Vouched vouched -> "vouched";
            case Answer.NotVouched(var why) -> why.reason().slug();
        };
    }

    @Test
    void theGatewaySignsWhatItsThingAuthenticatedAsItsOwnWord() {
        var answer = (Answer.Vouched) things.vouch(SENSOR, pack(SENSOR, SHARED, 1));
        var update = (SignedPack) SignedPack.decode(answer.update());
        assertThat(update.signer()).isEqualTo(GATEWAY.did());
        assertThat(update.thing()).isEqualTo(SENSOR);
        var verified = (VerifiedPack) update.verify(VerificationKey.of(GATEWAY.did()));
        assertThat(verified.sequence()).isEqualTo(1);
        assertThat(verified.readings().getFirst().value()).isEqualTo(new Value.Quantity(7));
    }

    @Test
    void aThingSpeaksForItselfOnlyAndOnce() {
        assertThat(vouch(OTHER, pack(OTHER, SHARED, 1))).isEqualTo("bad-signature");
        assertThat(vouch(SENSOR, pack(OTHER, SHARED, 1))).isEqualTo("wrong-key");
        assertThat(vouch(GATEWAY.did(), pack(GATEWAY.did(), SHARED, 1))).isEqualTo("unknown-thing");
        assertThat(vouch(SENSOR, pack(SENSOR, SHARED, 1))).isEqualTo("vouched");
        assertThat(vouch(SENSOR, pack(SENSOR, SHARED, 1))).isEqualTo("replay");
        assertThat(vouch(SENSOR, pack(SENSOR, SHARED, 100))).isEqualTo("vouched");
        assertThat(vouch(SENSOR, pack(SENSOR, SHARED, 2))).isEqualTo("stale-sequence");
    }

    @Test
    void everyChangedBitOfAPackIsNoticed() {
        var good = pack(SENSOR, SHARED, 1).toArray();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            var changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(vouch(SENSOR, Bytes.unsafe(changed)))
                    .as("bit " + bit)
                    .isNotEqualTo("vouched");
        }
    }

    @Test
    void keysAreLongAndNotShared() {
        assertThatThrownBy(() -> things.add(GATEWAY.did(), Bytes.hex("00".repeat(16))))
                .hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> things.add(GATEWAY.did(), SHARED)).hasMessageContaining("another");
    }
}
