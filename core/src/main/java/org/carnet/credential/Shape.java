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
    /// A term of a context: whatever is neither a URL nor empty.
    private static final Pattern TERM = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");

    private static final Set<String> LANGUAGE_VALUE = Set.of("@value", "@language", "@direction");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    private Shape() {}

    static Flawed flawed(String why) {
        return new Flawed(Flaw.INVALID_VALUE, why);
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
            if (!TERM.matcher(type).matches() && !isUrl(type))
                throw flawed("a type of " + what + " is neither a term nor a URL");
            types.add(type);
        }
        return types;
    }

    static boolean isUrl(String text) {
        try {
            var uri = new URI(text);
            return uri.isAbsolute() && uri.getRawSchemeSpecificPart().length() > 0;
        } catch (URISyntaxException e) {
            return false;
        }
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
        for (var one : contexts) {
            if (one.isObject()) continue;
            url(one, "a @context");
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
