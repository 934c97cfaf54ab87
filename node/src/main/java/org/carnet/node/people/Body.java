// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import tools.jackson.databind.JsonNode;

import java.util.Set;

/// What a page sends, read strictly: an object with the members that are asked for and no others.
record Body(JsonNode json) {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TEXT = 1000;

    /// @throws Problem if it has a member that nobody knows, or is no object
    static Body of(JsonNode json, String... members) {
        if (!json.isObject() || !Set.of(members).containsAll(json.propertyNames())) {
            throw malformed("The body is an object with " + String.join(", ", members) + ".");
        }
        return new Body(json);
    }

    String text(String member) {
        var value = json.path(member);
        if (!value.isString() || value.asString("").length() > LONGEST_TEXT) {
            throw malformed(
                    "\"" + member + "\" is a text of at most " + LONGEST_TEXT + " characters.");
        }
        return value.asString("");
    }

    /// A short name for people, made printable.
    String label(String member, String usual) {
        var label = json.path(member).asString("").replaceAll("\\p{C}", "").strip();
        if (label.isEmpty()) return usual;
        return label.substring(0, Math.min(label.length(), LONGEST_NAME));
    }

    JsonNode object(String member) {
        var value = json.path(member);
        if (!value.isObject()) throw malformed("\"" + member + "\" is an object.");
        return value;
    }

    static Problem malformed(String detail) {
        return new Problem(ProblemType.MALFORMED_REQUEST, detail);
    }
}
