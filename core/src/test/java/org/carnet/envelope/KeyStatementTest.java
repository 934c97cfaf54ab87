// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Jws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

class KeyStatementTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final SigningKey THING = key(Algorithm.ED25519, "11");
    private static final SigningKey NEXT = key(Algorithm.P256, "22");

    private static SigningKey key(Algorithm algorithm, String seed) {
        return SigningKey.of(algorithm, Bytes.hex(seed.repeat(32)));
    }

    private static String statement() {
        return KeyStatement.create(NEXT, THING.did(), NEXT.did(), "agora", NOW);
    }

    private static String reason(Statement statement) {
        return statement instanceof Refused refused ? refused.reason().slug() : "good";
    }

    @Test
    void aKeySaysThatItIsAThings() {
        var said = (KeyStatement) KeyStatement.verify(statement(), "agora", NOW);
        assertThat(said.signer()).isEqualTo(NEXT.did());
        assertThat(said.thing()).isEqualTo(THING.did());
        assertThat(said.key()).isEqualTo(NEXT.did());
    }

    @ParameterizedTest
    @CsvSource({"-PT5M, good", "-PT5M1S, clock-skew", "PT5M, good", "PT5M1S, clock-skew"})
    void aStatementIsGoodForMinutes(Duration later, String expected) {
        assertThat(reason(KeyStatement.verify(statement(), "agora", NOW.plus(later))))
                .isEqualTo(expected);
    }

    @Test
    void aStatementIsForOneNode() {
        assertThat(reason(KeyStatement.verify(statement(), "arcadia", NOW)))
                .isEqualTo("wrong-route");
    }

    @Test
    void aForgedStatementIsRefused() {
        var other = KeyStatement.create(NEXT, NEXT.did(), NEXT.did(), "agora", NOW);
        var forged =
                statement().substring(0, statement().lastIndexOf('.'))
                        + other.substring(other.lastIndexOf('.'));
        assertThat(reason(KeyStatement.verify(forged, "agora", NOW))).isEqualTo("bad-signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"sub\":\"T\",\"key\":\"K\",\"aud\":\"agora\"}",
                "{\"sub\":\"T\",\"key\":\"K\",\"aud\":\"agora\",\"iat\":\"1795169730\"}",
                "{\"sub\":\"T\",\"key\":\"K\",\"aud\":\"agora\",\"iat\":1795169730.5}",
                "{\"sub\":\"T\",\"key\":\"K\",\"aud\":\"agora\",\"iat\":1795169730,\"exp\":1}",
                "{\"sub\":\"T\",\"sub\":\"T\",\"key\":\"K\",\"aud\":\"agora\",\"iat\":1795169730}",
                "{\"sub\":\"T\",\"key\":\"did:key:zzz\",\"aud\":\"agora\",\"iat\":1795169730}"
            })
    void whatSaysMoreOrLessOrIsNotStrictIsMalformed(String claims) {
        var written =
                claims.replace("\"T\"", "\"" + THING.did() + "\"")
                        .replace("\"K\"", "\"" + NEXT.did() + "\"");
        var header =
                "{\"alg\":\"ES256\",\"typ\":\"thing-key+jwt\",\"kid\":\"%s\"}"
                        .formatted(NEXT.did());
        var text = Jws.sign(header, Bytes.utf8(written), NEXT).toUtf8();
        assertThat(reason(KeyStatement.verify(text, "agora", Instant.ofEpochSecond(1795169730))))
                .isEqualTo("malformed-envelope");
    }

    /// Not even one that says the same: its key signed it for something else.
    @Test
    void anotherKindOfTokenIsNoStatement() {
        var header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(NEXT.did());
        var said = Jws.parse(Bytes.utf8(statement())).payload();
        var same = Jws.sign(header, said, NEXT).toUtf8();
        assertThat(reason(KeyStatement.verify(same, "agora", NOW))).isEqualTo("malformed-envelope");
        var proof = GatewayProof.create(NEXT, "agora", NOW, "n-1");
        assertThat(reason(KeyStatement.verify(proof, "agora", NOW)))
                .isEqualTo("malformed-envelope");
        assertThat(reason(KeyStatement.verify("", "agora", NOW))).isEqualTo("malformed-envelope");
    }
}
