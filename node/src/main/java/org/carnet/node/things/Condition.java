// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.envelope.Reason;
import org.carnet.envelope.Refused;
import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a registered thing is: which key is its own, which were before, and whether it may send.
///
/// A thing keeps its identifier for ever; its first key is the one in that identifier. It has one key at a time, or none
/// where that one was revoked.
///
/// @param retired the keys it had before, oldest first; [#MOST_RETIRED] of them are remembered
/// @param since from when on it is its owner's; what it sent before was somebody else's
record Condition(Standing standing, Optional<DidKey> key, List<DidKey> retired, Instant since) {
    static final int MOST_RETIRED = 64;

    /// Whether the thing may send.
    enum Standing {
        ACTIVE,
        /// Its owner does not know where it is; it may be found.
        LOST,
        /// Somebody else may have its key: it has none until its owner gives it another.
        REVOKED,
        /// Out of service for good.
        DECOMMISSIONED;

        /// The word on the wire.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Condition {
        retired = List.copyOf(retired);
        boolean keyless = standing == Standing.REVOKED || standing == Standing.DECOMMISSIONED;
        if (keyless == key.isPresent())
            throw new IllegalArgumentException("a thing that may send one day has a key");
    }

    /// How a thing is that has just been registered.
    static Condition fresh(DidKey thing) {
        return new Condition(Standing.ACTIVE, Optional.of(thing), List.of(), Instant.EPOCH);
    }

    /// @throws IllegalArgumentException if the thing had this key before
    Condition withKey(DidKey other) {
        if (had(other)) throw new IllegalArgumentException("the thing had this key before");
        return new Condition(Standing.ACTIVE, Optional.of(other), withoutKey(), since);
    }

    Condition lost() {
        return new Condition(Standing.LOST, key, retired, since);
    }

    Condition found() {
        return new Condition(Standing.ACTIVE, key, retired, since);
    }

    Condition revoked() {
        return new Condition(Standing.REVOKED, Optional.empty(), withoutKey(), since);
    }

    Condition decommissioned() {
        return new Condition(Standing.DECOMMISSIONED, Optional.empty(), withoutKey(), since);
    }

    /// With another owner, from that moment on.
    Condition since(Instant moment) {
        return new Condition(standing, key, retired, moment);
    }

    private List<DidKey> withoutKey() {
        var all = new ArrayList<>(retired);
        key.ifPresent(all::add);
        return all.subList(Math.max(0, all.size() - MOST_RETIRED), all.size());
    }

    boolean had(DidKey signer) {
        return key.filter(signer::equals).isPresent() || retired.contains(signer);
    }

    /// Why nothing that this key signed then is taken now; null if it is.
    @Nullable Refused bars(DidKey signer, Instant signedAt) {
        return switch (standing) {
            case DECOMMISSIONED -> new Refused(Reason.DECOMMISSIONED, "no key is its own any more");
            case REVOKED ->
                    new Refused(Reason.REVOKED_KEY, "the thing has no key until it is given one");
            case LOST -> new Refused(Reason.SUSPENDED, "its owner reported it lost");
            case ACTIVE -> {
                if (key.filter(signer::equals).isPresent()) yield null;
                if (retired.contains(signer))
                    yield new Refused(Reason.REVOKED_KEY, "the thing has another key by now");
                // Its gateway's: what it signed for the owner before is not the new owner's.
                yield signedAt.isBefore(since)
                        ? new Refused(Reason.CLOCK_SKEW, "signed before the thing changed hands")
                        : null;
            }
        };
    }

    ObjectNode toJson() {
        var json = Details.object().put("standing", standing.word());
        key.ifPresent(did -> json.put("key", did.value()));
        var before = json.putArray("retired");
        retired.forEach(did -> before.add(did.value()));
        return json.put("since", since.toString());
    }

    /// As [#toJson] wrote it.
    static Condition parse(JsonNode json) {
        var retired = new ArrayList<DidKey>();
        for (var did : json.path("retired")) retired.add(new DidKey(did.asString()));
        return new Condition(
                Standing.valueOf(json.path("standing").asString("").toUpperCase(Locale.ROOT)),
                json.has("key")
                        ? Optional.of(new DidKey(json.path("key").asString()))
                        : Optional.empty(),
                retired,
                Instant.parse(json.path("since").asString("")));
    }
}
