// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;

/// Numbers as ECMAScript writes them (RFC 8785 section 3.2.2.3; ECMA-262 section 6.1.6.1.20, Number::toString).
final class EcmaNumber {
    private EcmaNumber() {}

    /// The double of a JSON number; a whole number that no double holds is refused, since readers would round it.
    static double exact(JsonNode number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value))
            throw new IllegalArgumentException("a number is beyond what a double holds");
        if (number.isIntegralNumber()
                && new BigDecimal(value).compareTo(new BigDecimal(number.bigIntegerValue())) != 0)
            throw new IllegalArgumentException(
                    "the whole number " + number.asString() + " is not exactly a double");
        return value;
    }

    static String text(double value) {
        if (value == 0) return "0"; // also for -0
        if (value < 0) return "-" + text(-value);
        var shortest = shortest(value);
        var digits = shortest.unscaledValue().toString();
        // The value is 0.digits times ten to this power.
        int point = digits.length() - shortest.scale();
        if (point > 21 || point < -5) return exponential(digits, point - 1);
        if (point <= 0) return "0." + "0".repeat(-point) + digits;
        if (point >= digits.length()) return digits + "0".repeat(point - digits.length());
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String exponential(String digits, int exponent) {
        var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    /// The shortest decimal that reads as this double, and of those the nearest; Java's own stops at two digits.
    private static BigDecimal shortest(double value) {
        var java = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (java.precision() != 2) return java;
        var tens = java.unscaledValue().intValueExact() / 10;
        var lower = BigDecimal.valueOf(tens).scaleByPowerOfTen(1 - java.scale());
        var upper = BigDecimal.valueOf(tens + 1L).scaleByPowerOfTen(1 - java.scale());
        boolean lowerReads = lower.doubleValue() == value;
        boolean upperReads = upper.doubleValue() == value;
        var exact = new BigDecimal(value);
        boolean lowerIsNearer =
                exact.subtract(lower).abs().compareTo(upper.subtract(exact).abs()) <= 0;
        if (lowerReads && (lowerIsNearer || !upperReads)) return lower.stripTrailingZeros();
        return upperReads ? upper.stripTrailingZeros() : java;
    }
}
