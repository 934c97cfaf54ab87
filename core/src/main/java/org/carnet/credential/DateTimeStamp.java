// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// A time of XML Schema with its zone (XMLSCHEMA11-2 section 3.4.28), as credentials and proofs write it.
public final class DateTimeStamp {
    /// `9` stands for a digit; a fraction and the zone follow.
    private static final String FORM = "9999-99-99T99:99:99";

    private static final String OFFSET = "99:99";
    private static final int MOST_DIGITS = 9;

    private DateTimeStamp() {}

    /// @throws IllegalArgumentException if the text is no such time
    public static Instant parse(String text) {
        int end = FORM.length();
        if (!fits(FORM, text, 0)) throw malformed();
        int nanos = 0;
        if (isAt(text, end, '.')) {
            int digits = 0;
            while (isDigit(text, end + 1 + digits)) digits++;
            if (digits == 0 || digits > MOST_DIGITS) throw malformed();
            nanos = number(text, end + 1, digits);
            for (int i = digits; i < MOST_DIGITS; i++) nanos *= 10;
            end += 1 + digits;
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 2),
                            number(text, 8, 2),
                            number(text, 11, 2),
                            number(text, 14, 2),
                            number(text, 17, 2),
                            nanos)
                    .toInstant(zone(text, end));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such date and time", e);
        }
    }

    private static ZoneOffset zone(String text, int from) {
        if (isAt(text, from, 'Z') && text.length() == from + 1) return ZoneOffset.UTC;
        boolean later = isAt(text, from, '+');
        if ((!later && !isAt(text, from, '-'))
                || !fits(OFFSET, text, from + 1)
                || text.length() != from + 1 + OFFSET.length()) throw malformed();
        int sign = later ? 1 : -1;
        return ZoneOffset.ofHoursMinutes(
                sign * number(text, from + 1, 2), sign * number(text, from + 4, 2));
    }

    private static boolean fits(String form, String text, int from) {
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            boolean same = c == '9' ? isDigit(text, from + i) : isAt(text, from + i, c);
            if (!same) return false;
        }
        return true;
    }

    private static boolean isAt(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int number(String text, int from, int digits) {
        return Integer.parseInt(text, from, from + digits, 10);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("not a date and time with a zone");
    }

    /// To the second, in UTC.
    public static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
