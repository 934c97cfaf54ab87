// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.identity.DidKey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.stream.Stream;

/// What an owner registers: a thing, described by a W3C Thing Description 1.1 whose `id` is the thing's did:key.
///
/// @param gateway the gateway through which it connects (FGMV-44 clause 7.1.4); empty if it connects directly
record Registration(DidKey thing, String owner, Optional<DidKey> gateway, ObjectNode description) {
    static final String TD_CONTEXT = "https://www.w3.org/2022/wot/td/v1.1";

    /// @throws IllegalArgumentException with one sentence that names what is missing or wrong
    static Registration parse(JsonNode body) {
        if (!(body.get("thingDescription") instanceof ObjectNode description)) {
            throw new IllegalArgumentException(
                    "\"thingDescription\" is the thing's W3C Thing Description, an object");
        }
        var owner = text(body, "owner");
        if (owner.isBlank() || owner.length() > 256) {
            throw new IllegalArgumentException("\"owner\" is a text of 1 to 256 characters");
        }
        var gateway =
                switch (text(body, "route")) {
                    case "direct" -> {
                        if (body.has("gateway")) {
                            throw new IllegalArgumentException(
                                    "a thing whose route is direct has no gateway");
                        }
                        yield Optional.<DidKey>empty();
                    }
                    case "gateway" -> Optional.of(DidKey.parse(text(body, "gateway")));
                    default ->
                            throw new IllegalArgumentException(
                                    "\"route\" is \"direct\" or \"gateway\"");
                };
        requireTd(description);
        return new Registration(DidKey.parse(text(description, "id")), owner, gateway, description);
    }

    /// The members that TD 1.1 makes mandatory, and the property map that a mapping refers to.
    private static void requireTd(ObjectNode description) {
        var context = description.path("@context");
        var named =
                Stream.concat(Stream.of(context), context.valueStream())
                        .anyMatch(one -> one.isString() && one.asString().equals(TD_CONTEXT));
        if (!named)
            throw new IllegalArgumentException(
                    "the Thing Description's \"@context\" names " + TD_CONTEXT);
        text(description, "title");
        for (var member : new String[] {"securityDefinitions", "properties"}) {
            if (!description.path(member).isObject()) {
                throw new IllegalArgumentException(
                        "the Thing Description's \"" + member + "\" is an object");
            }
        }
        if (!description.has("security")) {
            throw new IllegalArgumentException("the Thing Description names its \"security\"");
        }
    }

    private static String text(JsonNode body, String member) {
        var value = body.path(member);
        if (!value.isString()) throw new IllegalArgumentException("\"" + member + "\" is a text");
        return value.asString();
    }

    ObjectNode toJson() {
        var json = Details.object();
        json.set("thingDescription", description);
        json.put("owner", owner);
        json.put("route", gateway.isPresent() ? "gateway" : "direct");
        gateway.ifPresent(did -> json.put("gateway", did.value()));
        return json;
    }
}
