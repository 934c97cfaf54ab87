// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;

/// The JSON Canonicalization Scheme (RFC 8785): the one text of a JSON value, so that it can be hashed.
///
/// Two values with the same canonical bytes are the same to every reader: a whole number that a double cannot hold, which
/// readers would round differently, is refused, and so is a string with half a surrogate pair.
public final class Jcs {
    /// Most documents are shorter.
    private static final int CHARACTERS = 2048;

    private Jcs() {}

    /// @throws IllegalArgumentException if the value is not I-JSON (RFC 7493), with one sentence that says why
    public static Bytes canonical(JsonNode value) {
        var text = new StringBuilder(CHARACTERS);
        write(value, text);
        return Bytes.utf8(text.toString());
    }

    private static void write(JsonNode value, StringBuilder text) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value, text);
            case ARRAY -> array(value, text);
            case STRING -> string(value.stringValue(), text);
            case NUMBER -> text.append(EcmaNumber.text(EcmaNumber.exact(value)));
            case BOOLEAN -> text.append(value.booleanValue());
            case NULL -> text.append("null");
            case BINARY, MISSING, POJO ->
                    throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    /// Members in the order of their UTF-16 code units (section 3.2.3), which is the order of Java's strings.
    private static void object(JsonNode object, StringBuilder text) {
        char before = '{';
        var names = object.propertyNames().toArray(String[]::new);
        Arrays.sort(names);
        for (var name : names) {
            text.append(before);
            string(name, text);
            text.append(':');
            write(object.required(name), text);
            before = ',';
        }
        text.append(before == '{' ? "{}" : "}");
    }

    private static void array(JsonNode array, StringBuilder text) {
        char before = '[';
        for (var element : array) {
            text.append(before);
            write(element, text);
            before = ',';
        }
        text.append(before == '[' ? "[]" : "]");
    }

    /// Section 3.2.2.2: only what has to be escaped is, in the shortest way.
    private static void string(String value, StringBuilder text) {
        text.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) i = lastOfPair(value, i);
            if (c >= ' ' && c != '"' && c != '\\') continue;
            text.append(value, written, i).append(escaped(c));
            written = i + 1;
        }
        // Most strings need no escape, and whole ones are copied at once.
        if (written == 0) text.append(value);
        else text.append(value, written, value.length());
        text.append('"');
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }

    private static int lastOfPair(String value, int at) {
        boolean whole =
                at + 1 < value.length()
                        && Character.isSurrogatePair(value.charAt(at), value.charAt(at + 1));
        if (whole) return at + 1;
        throw new IllegalArgumentException("a string holds half a surrogate pair");
    }
}
