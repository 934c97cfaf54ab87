// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;

/// What was read, in one of the five kinds of SenML (RFC 8428 section 4.2).
public sealed interface Value {
    /// A finite number.
    record Quantity(double value) implements Value {
        public Quantity {
            value = finite(value);
        }
    }

    /// A finite number that has been summed up over time, in the unit times seconds.
    record Sum(double value) implements Value {
        public Sum {
            value = finite(value);
        }
    }

    /// Characters, without halves of surrogate pairs.
    record Text(String value) implements Value {
        public Text {
            for (int i = 0; i < value.length(); i++) {
                if (Character.isSurrogate(value.charAt(i))) {
                    if (!Character.isSupplementaryCodePoint(value.codePointAt(i)))
                        throw new IllegalArgumentException("a text holds half a character");
                    i++;
                }
            }
        }
    }

    /// True or false.
    record Flag(boolean value) implements Value {}

    /// Bytes.
    record Data(Bytes value) implements Value {}

    private static double finite(double value) {
        if (!Double.isFinite(value))
            throw new IllegalArgumentException("a value is not a finite number");
        return value + 0.0; // one zero only
    }
}
