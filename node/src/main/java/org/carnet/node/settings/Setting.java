// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.util.Map;
import java.util.Optional;

/// One setting of the table: how it is named, what holds when nobody says, what is accepted and what it is for.
///
/// @param usual the value when none is given, empty for none; `<name>` stands for the node's name
/// @param expected completes "expected is …"
record Setting<T>(String name, String usual, String expected, String meaning, Parser<T> parser) {

    /// Reads a value; what it cannot read throws [IllegalArgumentException].
    interface Parser<T> {
        T parse(String text);
    }

    T in(Map<String, String> given) {
        return optionalIn(given)
                .orElseThrow(
                        () -> new InvalidSetting(name + " is missing: expected is " + expected));
    }

    Optional<T> optionalIn(Map<String, String> given) {
        var text = given.get(name);
        if (text == null) text = usual.replace("<name>", SettingTable.NAME.textIn(given));
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text));
    }

    private String textIn(Map<String, String> given) {
        return given.getOrDefault(name, usual);
    }

    T parse(String text) {
        return parse(name, text);
    }

    /// For settings whose name has a part that the operator chooses.
    T parse(String fullName, String text) {
        try {
            return parser.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(fullName, text, expected);
        }
    }
}
