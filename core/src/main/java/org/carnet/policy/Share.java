// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import java.time.Duration;

/// What of one property a mapping lets through.
///
/// @param property the property's name, or that of a [Derived] one
/// @param precision numbers are rounded to multiples of this, in the property's unit; 0 leaves them as they were sent
/// @param period at most one reading in each period passes; zero lets every reading pass
public record Share(String property, double precision, Duration period) {
    public Share {
        if (!property.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a property is a letter, then letters, digits and '-': " + property);
        }
        if (!(precision >= 0) || Double.isInfinite(precision)) {
            throw new IllegalArgumentException("a precision is 0 or a positive number");
        }
        if (period.isNegative()) throw new IllegalArgumentException("a period is not negative");
    }

    /// The whole property, as it was sent.
    public static Share of(String property) {
        return new Share(property, 0, Duration.ZERO);
    }

    /// Whether the property passes unchanged, so that the thing's own signature still covers it.
    public boolean unchanged() {
        return precision == 0 && period.isZero() && Derived.named(property).isEmpty();
    }
}
