// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/// The JSON Canonicalization Scheme (RFC 8785): the one text of a JSON value, so that it can be hashed.
///
/// Two values with the same canonical bytes are the same to every reader: a whole number that a double cannot hold, which
/// readers would round differently, is refused, and so is a string with half a surrogate pair.
public final class Jcs {
    private Jcs() {}

    /// @throws IllegalArgumentException if the value is not I-JSON (RFC 7493), with one sentence that says why
    public static Bytes canonical(JsonNode value) {
        var text = new StringBuilder();
        write(value, text);
        try {
            var utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Bytes.unsafe(bytes(utf8));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a string holds half a surrogate pair", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
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
        for (var name : new TreeSet<>(object.propertyNames())) {
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
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') text.append(String.format("\\u%04x", (int) c));
                    else text.append(c);
                }
            }
        }
        text.append('"');
    }
}
