// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One property of a thing at one time.
///
/// The time has microseconds. The unit is one of the SenML registry (see [Units]) or empty.
public record Reading(String property, Instant time, Value value, String unit) {
    private static final int LONGEST_PROPERTY = 64;

    public Reading {
        if (!isProperty(property))
            throw new IllegalArgumentException(
                    "a property is a letter and up to 63 letters, digits or hyphens, not "
                            + Malformed.quote(property));
        if (!unit.isEmpty() && !Units.contains(unit))
            throw new IllegalArgumentException(
                    "the unit " + Malformed.quote(unit) + " is not in the SenML registry");
        time = time.truncatedTo(ChronoUnit.MICROS);
    }

    /// Whether the text can name a property.
    public static boolean isProperty(String text) {
        if (text.isEmpty() || text.length() > LONGEST_PROPERTY || !isLetter(text.charAt(0)))
            return false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-') return false;
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
