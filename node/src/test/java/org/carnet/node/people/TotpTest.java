// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

final class TotpTest {
    private static final String DIGITS = "1234567890".repeat(7);

    /// RFC 6238 appendix B.
    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    void theCodesAreThoseOfTheStandard(long time, String sha1, String sha256, String sha512) {
        long step = time / Totp.PERIOD_SECONDS;
        assertThat(Totp.code(secret(20), step, 8, "HmacSHA1")).isEqualTo(sha1);
        assertThat(Totp.code(secret(32), step, 8, "HmacSHA256")).isEqualTo(sha256);
        assertThat(Totp.code(secret(64), step, 8, "HmacSHA512")).isEqualTo(sha512);
    }

    @Test
    void aPhoneWhoseClockIsHalfAMinuteOffIsUnderstoodAndOneThatIsFurtherOffIsNot() {
        var now = Instant.ofEpochSecond(59);
        var code = Totp.code(secret(20), 1, Totp.DIGITS, "HmacSHA1");
        assertThat(code).isEqualTo("287082");
        assertThat(Totp.matchingStep(secret(20), code, now)).hasValue(1);
        assertThat(Totp.matchingStep(secret(20), code, now.plusSeconds(30))).hasValue(1);
        assertThat(Totp.matchingStep(secret(20), code, now.minusSeconds(30))).hasValue(1);
        assertThat(Totp.matchingStep(secret(20), code, now.plusSeconds(60))).isEmpty();
        assertThat(Totp.matchingStep(secret(20), "", now)).isEmpty();
        assertThat(Totp.matchingStep(secret(20), "0" + code, now)).isEmpty();
    }

    @Test
    void secretsAreWrittenInTheLettersOfTheStandard() {
        assertThat(Base32.encode(Bytes.utf8("foobar"))).isEqualTo("MZXW6YTBOI");
        assertThat(Base32.encode(Bytes.utf8("foob"))).isEqualTo("MZXW6YQ");
        assertThat(Browser.unbase32("MZXW6YTBOI")).isEqualTo(Bytes.utf8("foobar"));
    }

    private static Bytes secret(int length) {
        return Bytes.utf8(DIGITS.substring(0, length));
    }
}
