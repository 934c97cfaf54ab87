// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.util.Map;
import java.util.Optional;

/// One setting of the table: how it is named, what holds when nobody says, what is accepted and what it is for.
///
/// @param usual the value when none is given, empty for none; `<name>` stands for the node's name, `<data.directory>` for
///     where it keeps its data
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
        if (text == null) text = usualIn(given);
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text));
    }

    private String textIn(Map<String, String> given) {
        var text = given.get(name);
        return text == null ? usualIn(given) : text;
    }

    private String usualIn(Map<String, String> given) {
        if (!usual.contains("<")) return usual;
        var text = usual.replace("<name>", SettingTable.NAME.textIn(given));
        if (!text.contains("<data.directory>")) return text;
        return text.replace("<data.directory>", SettingTable.DATA_DIRECTORY.textIn(given));
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
