// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Holds JSON to the schemas of a document, by the words of JSON Schema that our documents use and no others.
///
/// It is stricter than JSON Schema in one thing: a member that a shape with named members does not name is a misfit.
record Shapes(JsonNode document) {
    private static final Set<String> EXPLAINING =
            Set.of("description", "examples", "default", "contentEncoding");

    List<String> misfits(JsonNode schema, JsonNode value) {
        var misfits = new ArrayList<String>();
        check(schema, value, "", misfits);
        var named = named(schema);
        if (value.isObject() && !named.isEmpty()) {
            value.propertyNames().stream()
                    .filter(member -> !named.contains(member))
                    .forEach(member -> misfits.add(member + " is not documented"));
        }
        return misfits;
    }

    JsonNode follow(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private Set<String> named(JsonNode schema) {
        var names = new TreeSet<>(follow(schema).path("properties").propertyNames());
        follow(schema).path("allOf").forEach(part -> names.addAll(named(part)));
        return names;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> misfits) {
        for (var word : schema.properties()) {
            if (!fits(word.getKey(), word.getValue(), value, at, misfits)) {
                misfits.add(at + " " + value + " is not " + word);
            }
        }
    }

    private boolean fits(
            String word, JsonNode says, JsonNode value, String at, List<String> misfits) {
        if (EXPLAINING.contains(word)) return true;
        return switch (word) {
            case "$ref" -> {
                check(document.at(says.asString().substring(1)), value, at, misfits);
                yield true;
            }
            case "allOf" -> {
                says.forEach(part -> check(part, value, at, misfits));
                yield true;
            }
            case "oneOf" ->
                    says.valueStream().filter(one -> misfits(one, value).isEmpty()).count() == 1;
            case "type" ->
                    says.isArray()
                            ? says.valueStream().anyMatch(one -> is(one.asString(), value))
                            : is(says.asString(), value);
            case "enum" -> says.valueStream().anyMatch(value::equals);
            case "const" -> says.equals(value);
            case "required" -> says.valueStream().allMatch(member -> value.has(member.asString()));
            case "properties" -> {
                for (var member : says.properties()) {
                    var inner = value.path(member.getKey());
                    if (!inner.isMissingNode())
                        within(member.getValue(), inner, at + "/" + member.getKey(), misfits);
                }
                yield true;
            }
            case "additionalProperties" -> {
                if (says.isObject())
                    value.forEach(inner -> within(says, inner, at + "/*", misfits));
                yield true;
            }
            case "items" -> {
                value.forEach(inner -> within(says, inner, at + "/*", misfits));
                yield true;
            }
            case "minimum" -> value.asDouble() >= says.asDouble();
            case "minLength" -> value.asString().length() >= says.asInt();
            case "maxLength" -> value.asString().length() <= says.asInt();
            case "minItems" -> value.size() >= says.asInt();
            case "maxItems" -> value.size() <= says.asInt();
            case "pattern" -> value.asString().matches(says.asString());
            case "format" -> !says.asString().equals("date-time") || isInstant(value.asString());
            default -> throw new IllegalArgumentException("the test does not know " + word);
        };
    }

    private void within(JsonNode schema, JsonNode value, String at, List<String> misfits) {
        misfits(schema, value).forEach(misfit -> misfits.add(at + misfit));
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalArgumentException("the test does not know " + type);
        };
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }
}
