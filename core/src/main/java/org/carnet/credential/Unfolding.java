// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts disclosures where the issuer's digests say they belong, by the rules of RFC 9901 section 7.1, step 3 on.
final class Unfolding {
    static final String DIGESTS = "_sd";
    static final String ELEMENT = "...";
    static final String HASH = "_sd_alg";
    static final Set<String> RESERVED = Set.of(DIGESTS, ELEMENT, HASH);

    private final Map<String, Disclosure> waiting = new HashMap<>();
    private final Set<String> met = new HashSet<>();
    private final Map<String, Disclosure> places = new LinkedHashMap<>();
    private final ObjectNode claims;

    private Unfolding(ObjectNode payload, List<Disclosure> disclosures) throws SdJwtFlawed {
        var hash = payload.path(HASH);
        if (!hash.isMissingNode() && !hash.asString("").equals(Digest.NAME))
            throw new SdJwtFlawed(SdJwtFlaw.UNSUPPORTED_HASH, "_sd_alg is not sha-256");
        for (var one : disclosures) {
            if (waiting.put(one.digest(), one) != null)
                throw new SdJwtFlawed(
                        SdJwtFlaw.DUPLICATE_DISCLOSURE, "a disclosure is there twice");
        }
        this.claims = object(payload, "");
        if (!waiting.isEmpty())
            throw new SdJwtFlawed(
                    SdJwtFlaw.UNREFERENCED_DISCLOSURE,
                    "a disclosure belongs to nothing that the issuer signed");
    }

    /// @param payload what the issuer signed
    static Unfolding of(ObjectNode payload, List<Disclosure> disclosures) throws SdJwtFlawed {
        return new Unfolding(payload, disclosures);
    }

    /// The payload with what is disclosed, and without a trace of what is not.
    ObjectNode claims() {
        return claims;
    }

    /// Each disclosure by the JSON Pointer of what it discloses.
    Map<String, Disclosure> places() {
        return places;
    }

    private JsonNode value(JsonNode value, String pointer) throws SdJwtFlawed {
        return switch (value) {
            case ObjectNode object -> object(object, pointer);
            case ArrayNode array -> array(array, pointer);
            default -> value;
        };
    }

    private ObjectNode object(ObjectNode object, String pointer) throws SdJwtFlawed {
        var unfolded = Json.object();
        for (var member : object.properties()) {
            var name = member.getKey();
            if (name.equals(ELEMENT) || (name.equals(HASH) && !pointer.isEmpty()))
                throw new SdJwtFlawed(SdJwtFlaw.RESERVED_NAME, "a claim is named " + name);
            if (!RESERVED.contains(name))
                unfolded.set(name, value(member.getValue(), below(pointer, name)));
        }
        for (var digest : digests(object.path(DIGESTS))) {
            var disclosure = take(digest);
            if (disclosure != null) disclose(unfolded, disclosure, pointer);
        }
        return unfolded;
    }

    private void disclose(ObjectNode object, Disclosure disclosure, String pointer)
            throws SdJwtFlawed {
        var name = disclosure.name();
        if (name == null)
            throw new SdJwtFlawed(
                    SdJwtFlaw.MISPLACED_DISCLOSURE, "the disclosure of a claim has no name");
        if (RESERVED.contains(name))
            throw new SdJwtFlawed(SdJwtFlaw.RESERVED_NAME, "a disclosure is named " + name);
        if (object.has(name))
            throw new SdJwtFlawed(
                    SdJwtFlaw.NAME_TAKEN, "a disclosure has the name of a claim that is there");
        var place = below(pointer, name);
        places.put(place, disclosure);
        object.set(name, value(disclosure.value(), place));
    }

    private ArrayNode array(ArrayNode array, String pointer) throws SdJwtFlawed {
        var unfolded = Json.object().arrayNode();
        for (var element : array) {
            var place = pointer + "/" + unfolded.size();
            if (!element.isObject() || !element.has(ELEMENT)) {
                unfolded.add(value(element, place));
                continue;
            }
            if (element.size() != 1 || !element.get(ELEMENT).isString())
                throw new SdJwtFlawed(
                        SdJwtFlaw.MALFORMED, "a hidden element is a digest and nothing else");
            var disclosure = take(element.get(ELEMENT).stringValue());
            if (disclosure == null) continue;
            if (disclosure.name() != null)
                throw new SdJwtFlawed(
                        SdJwtFlaw.MISPLACED_DISCLOSURE, "the disclosure of an element has a name");
            places.put(place, disclosure);
            unfolded.add(value(disclosure.value(), place));
        }
        return unfolded;
    }

    private static Iterable<String> digests(JsonNode array) throws SdJwtFlawed {
        if (array.isMissingNode()) return List.of();
        if (!array.isArray() || !array.valueStream().allMatch(JsonNode::isString))
            throw new SdJwtFlawed(SdJwtFlaw.MALFORMED, "_sd is not an array of digests");
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private @Nullable Disclosure take(String digest) throws SdJwtFlawed {
        if (!met.add(digest))
            throw new SdJwtFlawed(SdJwtFlaw.DUPLICATE_DIGEST, "a digest is there twice");
        return waiting.remove(digest);
    }

    /// RFC 6901 section 3: the two characters that would mean something are written otherwise.
    static String below(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
