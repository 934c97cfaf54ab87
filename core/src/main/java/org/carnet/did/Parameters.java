// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What holds for a DID after an entry of its history (did:webvh 1.0, "DID Method Parameters").
///
/// @param witnesses those who have to approve the next entry, by their keys; none where nobody has to
record Parameters(
        List<String> updateKeys,
        List<String> nextKeyHashes,
        Set<String> witnesses,
        int threshold,
        boolean portable,
        boolean deactivated) {
    static final String METHOD = "did:webvh:1.0";

    private static final Set<String> KNOWN =
            Set.of(
                    "method",
                    "scid",
                    "updateKeys",
                    "nextKeyHashes",
                    "witness",
                    "watchers",
                    "portable",
                    "deactivated",
                    "ttl");

    Parameters {
        updateKeys = List.copyOf(updateKeys);
        nextKeyHashes = List.copyOf(nextKeyHashes);
        witnesses = Set.copyOf(witnesses);
    }

    boolean isWitnessed() {
        return !witnesses.isEmpty();
    }

    static Parameters first(ObjectNode json) throws Broken {
        if (!json.path("method").asString("").equals(METHOD))
            throw broken("the first entry is not one of " + METHOD);
        var nothing = new Parameters(List.of(), List.of(), Set.of(), 0, false, false);
        var first = nothing.with(json, flag(json, "portable", false));
        if (first.updateKeys.isEmpty()) throw broken("the first entry has no updateKeys");
        return first;
    }

    Parameters next(ObjectNode json) throws Broken {
        if (json.has("scid")) throw broken("an entry after the first has a scid");
        if (!json.path("method").asString(METHOD).equals(METHOD))
            throw broken("the method changes to one that is not known");
        if (flag(json, "portable", false))
            throw broken("portable is set to true after the first entry");
        if (!nextKeyHashes.isEmpty()) requireCommitted(json);
        return with(json, flag(json, "portable", portable));
    }

    private Parameters with(ObjectNode json, boolean moves) throws Broken {
        for (var name : json.propertyNames())
            if (!KNOWN.contains(name)) throw broken("there is a parameter that is not known");
        var rule = present(json, "witness");
        var watchers = present(json, "watchers");
        if (watchers != null) texts(watchers, "watchers");
        var ttl = present(json, "ttl");
        if (ttl != null && (!ttl.isIntegralNumber() || ttl.longValue() < 0))
            throw broken("ttl is no number of seconds");
        return new Parameters(
                json.has("updateKeys") ? list(json, "updateKeys") : updateKeys,
                json.has("nextKeyHashes") ? list(json, "nextKeyHashes") : nextKeyHashes,
                json.has("witness") ? witnesses(rule) : witnesses,
                json.has("witness") ? threshold(rule) : threshold,
                moves,
                flag(json, "deactivated", deactivated));
    }

    /// Pre-rotation: every key has to be one whose hash was published before anybody could have stolen it.
    private void requireCommitted(ObjectNode json) throws Broken {
        if (!json.has("updateKeys") || !json.has("nextKeyHashes"))
            throw new Broken(
                    HistoryFlaw.NOT_COMMITTED,
                    "pre-rotation is active and updateKeys or nextKeyHashes are not there");
        for (var key : list(json, "updateKeys"))
            if (!nextKeyHashes.contains(Multihash.of(Bytes.utf8(key))))
                throw new Broken(
                        HistoryFlaw.NOT_COMMITTED,
                        "an update key is not one that the entry before committed to");
    }

    private static Set<String> witnesses(@Nullable JsonNode rule) throws Broken {
        var witnesses = new LinkedHashSet<String>();
        if (rule == null || (rule.isObject() && rule.isEmpty())) return witnesses;
        for (var witness : rule.path("witnesses")) {
            var id = witness.path("id").asString("");
            // Some write the key alone; it cannot mean anything else.
            if (!witnesses.add(witnessKey(id.startsWith("z") ? "did:key:" + id : id)))
                throw broken("a witness is there twice");
        }
        if (witnesses.isEmpty()) throw broken("there are no witnesses in the witness rule");
        return witnesses;
    }

    private static String witnessKey(String id) throws Broken {
        try {
            var did = DidKey.parse(id);
            if (did.algorithm() == Algorithm.ED25519) return did.value();
        } catch (IllegalArgumentException e) {
            // said below, as for a key of the other kind
        }
        throw broken("a witness is no did:key with an Ed25519 key");
    }

    private static int threshold(@Nullable JsonNode rule) throws Broken {
        int count = witnesses(rule).size();
        if (count == 0 || rule == null) return 0;
        var threshold = rule.path("threshold");
        if (!threshold.isIntegralNumber()
                || threshold.intValue() < 1
                || threshold.intValue() > count)
            throw broken("the threshold is not between one and the number of witnesses");
        return threshold.intValue();
    }

    private static boolean flag(ObjectNode json, String name, boolean otherwise) throws Broken {
        var value = present(json, name);
        if (value == null) return !json.has(name) && otherwise;
        if (!value.isBoolean()) throw broken(name + " is neither true nor false");
        return value.booleanValue();
    }

    private static List<String> list(ObjectNode json, String name) throws Broken {
        var value = present(json, name);
        return value == null ? List.of() : texts(value, name);
    }

    private static List<String> texts(JsonNode value, String name) throws Broken {
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString))
            throw broken(name + " is no list of texts");
        return value.valueStream().map(JsonNode::stringValue).toList();
    }

    /// null stands for the default, as early implementations wrote it.
    private static @Nullable JsonNode present(ObjectNode json, String name) {
        var value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static Broken broken(String why) {
        return new Broken(HistoryFlaw.INVALID_PARAMETERS, why);
    }
}
