// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as the wire writes them: seconds since 1970 with up to six decimals, which a double holds exactly enough.
final class Seconds {
    /// The end of the year 9999, so that every time has four digits for its year.
    private static final double LATEST = 253_402_300_799.0;

    private Seconds() {}

    static boolean isInstant(double seconds) {
        return seconds >= 0 && seconds <= LATEST; // false for NaN
    }

    static Instant instant(double seconds) {
        return Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS);
    }

    static double of(Instant instant) {
        return exact(instant).doubleValue();
    }

    /// The shortest decimal text.
    static String text(Instant instant) {
        return exact(instant).stripTrailingZeros().toPlainString();
    }

    /// The shortest decimal text of what lies between.
    static String between(Instant from, Instant to) {
        return text(Instant.EPOCH.plus(from.until(to)));
    }

    private static BigDecimal exact(Instant instant) {
        return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant), 6);
    }
}
