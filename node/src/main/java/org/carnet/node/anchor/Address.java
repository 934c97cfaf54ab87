// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import java.util.Locale;
import java.util.regex.Pattern;

/// The address of an account or a contract, in lower case: 20 bytes as hex behind `0x`.
public record Address(String text) {
    private static final Pattern SHAPE = Pattern.compile("0x[0-9a-f]{40}");

    public Address {
        text = text.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("an address is 0x and 40 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
