// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// A time of XML Schema with its zone (XMLSCHEMA11-2 section 3.4.28), as credentials and proofs write it.
public final class DateTimeStamp {
    private static final Pattern FORM =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    private DateTimeStamp() {}

    /// @throws IllegalArgumentException if the text is no such time
    public static Instant parse(String text) {
        if (!FORM.matcher(text).matches())
            throw new IllegalArgumentException("not a date and time with a zone");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such date and time", e);
        }
    }

    /// To the second, in UTC.
    public static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
