// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The shapes that the data model uses again and again (VCDM 2.0 section 4); what has another one ends the check.
final class Shape {
    private static final int LONGEST_TERM = 128;
    private static final Set<String> LANGUAGE_VALUE = Set.of("@value", "@language", "@direction");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    private Shape() {}

    static Flawed flawed(String why) {
        return new Flawed(Flaw.INVALID_VALUE, why);
    }

    /// The members of an object but one, the same values: nobody may write to them.
    static ObjectNode without(ObjectNode object, String name) {
        var rest = object.objectNode();
        for (var member : object.properties())
            if (!member.getKey().equals(name)) rest.set(member.getKey(), member.getValue());
        return rest;
    }

    /// The value itself or the elements of a list, at least one.
    static List<JsonNode> oneOrMore(JsonNode value, String name) throws Flawed {
        if (!value.isArray()) return List.of(value);
        var all = new ArrayList<JsonNode>();
        value.forEach(all::add);
        if (all.isEmpty()) throw flawed(name + " is an empty list");
        return all;
    }

    static List<ObjectNode> objects(JsonNode value, String name) throws Flawed {
        var objects = new ArrayList<ObjectNode>();
        for (var one : oneOrMore(value, name)) {
            if (!(one instanceof ObjectNode object) || object.isEmpty())
                throw flawed(name + " holds what is no object with members");
            objects.add(object);
        }
        return objects;
    }

    /// Objects that each name their type, and may have an identifier.
    static List<ObjectNode> typed(ObjectNode json, String name) throws Flawed {
        var value = json.get(name);
        if (value == null) return List.of();
        var objects = objects(value, name);
        for (var object : objects) {
            types(object, name + " entry");
            optionalUrl(object, "id", name + " id");
        }
        return objects;
    }

    static List<String> types(ObjectNode object, String what) throws Flawed {
        var value = object.get("type");
        if (value == null) throw flawed(what + " has no type");
        var types = new ArrayList<String>();
        for (var one : oneOrMore(value, what + " type")) {
            if (!one.isString()) throw flawed("a type of " + what + " is not a string");
            var type = one.stringValue();
            if (!isTerm(type) && !isUrl(type))
                throw flawed("a type of " + what + " is neither a term nor a URL");
            types.add(type);
        }
        return types;
    }

    /// A term of a context: a letter, then letters, digits, `_`, `.` and `-`.
    private static boolean isTerm(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TERM) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            boolean later = (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
            if (!letter && (i == 0 || !later)) return false;
        }
        return true;
    }

    static boolean isUrl(String text) {
        if (isPlainUrn(text)) return true;
        try {
            var uri = new URI(text);
            return uri.isAbsolute() && uri.getRawSchemeSpecificPart().length() > 0;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// A scheme and letters, digits and marks behind it, as DIDs and URNs have: no need to parse those.
    private static boolean isPlainUrn(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            boolean later = (c >= '0' && c <= '9') || c == ':' || c == '.' || c == '-' || c == '_';
            if (!letter && (i < colon || !later)) return false;
        }
        return true;
    }

    static String url(@Nullable JsonNode value, String what) throws Flawed {
        if (value == null || !value.isString() || !isUrl(value.stringValue()))
            throw flawed(what + " is not a URL");
        return value.stringValue();
    }

    static @Nullable String optionalUrl(ObjectNode object, String name, String what) throws Flawed {
        var value = object.get(name);
        return value == null ? null : url(value, what);
    }

    static @Nullable Instant time(ObjectNode object, String name) throws Flawed {
        var value = object.get(name);
        if (value == null) return null;
        if (!value.isString()) throw flawed(name + " is not a string");
        try {
            return DateTimeStamp.parse(value.stringValue());
        } catch (IllegalArgumentException e) {
            throw flawed(name + " is " + e.getMessage());
        }
    }

    /// The contexts: a list that starts with the base, then URLs and objects.
    static void contexts(ObjectNode json, String base) throws Flawed {
        var contexts = json.get("@context");
        if (contexts == null) throw flawed("there is no @context");
        if (!contexts.isArray() || contexts.isEmpty())
            throw flawed("@context is not a list with members");
        if (!base.equals(contexts.required(0).stringValue("")))
            throw flawed("the first @context is not " + base);
        for (int i = 1; i < contexts.size(); i++) {
            var one = contexts.required(i);
            if (!one.isObject()) url(one, "a @context");
        }
    }

    /// A name or description: text, or text with its language and direction, or several of these (section 11.1).
    static void texts(ObjectNode object, String name) throws Flawed {
        var value = object.get(name);
        if (value == null) return;
        for (var one : oneOrMore(value, name)) {
            if (one.isString()) continue;
            if (!one.isObject() || !LANGUAGE_VALUE.containsAll(one.propertyNames()))
                throw flawed(name + " is neither text nor text with a language and a direction");
            if (!one.path("@value").isString()) throw flawed(name + " has no @value with text");
            var language = one.get("@language");
            if (language != null && !LANGUAGE.matcher(language.stringValue("")).matches())
                throw flawed(name + " has an @language that is no language tag");
            var direction = one.get("@direction");
            if (direction != null
                    && !direction.isNull()
                    && !Set.of("ltr", "rtl").contains(direction.stringValue("")))
                throw flawed(name + " has an @direction other than ltr and rtl");
        }
    }

    /// Resources whose digests are signed too (section 5.3).
    static List<RelatedResource> relatedResources(ObjectNode json) throws Flawed {
        var value = json.get("relatedResource");
        if (value == null) return List.of();
        var seen = new HashSet<String>();
        var resources = new ArrayList<RelatedResource>();
        for (var object : objects(value, "relatedResource")) {
            var id = url(object.get("id"), "the id of a relatedResource");
            if (!seen.add(id)) throw flawed("two relatedResources have the same id");
            try {
                resources.add(RelatedResource.of(id, object));
            } catch (IllegalArgumentException e) {
                throw flawed("the relatedResource " + e.getMessage());
            }
        }
        return resources;
    }
}
