// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import java.util.regex.Pattern;

/// Times are read as the JDK reads those that have the form of XML Schema, and no others.
class DateTimeStampTest {
    private static final Pattern FORM =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
                            + "(Z|[+-][0-9]{2}:[0-9]{2})");

    private static @Nullable Instant asTheJdkReadsIt(String text) {
        try {
            return FORM.matcher(text).matches() ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant read(String text) {
        try {
            return DateTimeStamp.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T12:00:00Z",
                "2026-11-20T12:00:00.123456789+01:00",
                "2024-02-29T00:00:00-11:30",
                "0000-01-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T23:59:60Z",
                "2026-11-20T12:00:00+18:00",
                "2026-11-20T12:00:00+18:01",
                "2026-11-20T12:00:00-00:00",
                "2026-11-20T12:00:00.Z",
                "2026-11-20T12:00:00.1234567890Z",
                "2026-11-20T12:00:00",
                "2026-11-20T12:00:00z",
                "2026-11-20 12:00:00Z",
                "2026-11-20T12:00:00ZZ",
                "2026-11-20T12:00:00+1:00",
                "+2026-11-20T12:00:00Z",
                ""
            })
    void aTimeIsReadOrRefusedAsTheJdkDoes(String text) {
        assertThat(read(text)).isEqualTo(asTheJdkReadsIt(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void soIsWhateverLooksLikeOne(long seed) {
        var random = new Random(seed);
        var alphabet = "0123456789-:T.Z+ ";
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder("2026-11-20T12:34:56.5+01:00");
            for (int n = random.nextInt(3); n > 0; n--)
                text.setCharAt(
                        random.nextInt(text.length()),
                        alphabet.charAt(random.nextInt(alphabet.length())));
            if (random.nextInt(4) == 0) text.setLength(random.nextInt(text.length()));
            var expected = asTheJdkReadsIt(text.toString());
            if (expected != null) good++;
            assertThat(read(text.toString())).as("seed %d %s", seed, text).isEqualTo(expected);
        }
        assertThat(good).isBetween(1000, 19_000);
    }
}
