// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Recorded;
import org.carnet.envelope.Signer;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;
import org.carnet.policy.Shaper;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Works out what leaves for one platform when a thing's update was received: exactly what the mappings to that
/// platform permit at this moment, and no more.
///
/// What passes unchanged travels under the thing's own signature. What is reduced, derived, or travels under an alias
/// is signed by this node as the thing's gateway: the lower assurance class; under an alias, in a [Disguise]. Used by one
/// thread.
final class Departures {
    /// One update that leaves, and the mapping that permits it.
    record Departure(Mapping mapping, Bytes update) {}

    private final String platform;
    private final Things things;
    private final SigningKey gateway;
    private final InstantSource clock;
    private final Map<String, Shaper> shapers = new HashMap<>();
    private final Map<DidKey, Disguise> disguises = new HashMap<>();

    Departures(String platform, Things things, SigningKey gateway, InstantSource clock) {
        this.platform = platform;
        this.things = things;
        this.gateway = gateway;
        this.clock = clock;
    }

    /// @param at when it was received: what a thing sent for another owner does not leave for the one that it has now
    List<Departure> of(Bytes received, Instant at) {
        var pack = Recorded.pack(received);
        if (!things.isOwnedSince(pack.thing(), at)) return List.of();
        var now = clock.instant();
        var departures = new ArrayList<Departure>(1);
        var byIdentity = new LinkedHashMap<DidKey, List<Mapping>>();
        for (var mapping : applying(pack.thing(), now)) {
            byIdentity
                    .computeIfAbsent(
                            mapping.alias().orElse(mapping.thing()), did -> new ArrayList<>(1))
                    .add(mapping);
        }
        byIdentity.forEach(
                (identity, mappings) -> {
                    var whole =
                            mappings.stream()
                                    .filter(mapping -> mapping.passesUnchanged(pack.properties()))
                                    .findFirst();
                    if (whole.isPresent()) {
                        departures.add(new Departure(whole.get(), received));
                        return;
                    }
                    var readings = shaped(mappings, pack.readings());
                    if (readings.isEmpty()) return;
                    departures.add(
                            new Departure(
                                    mappings.getFirst(),
                                    signed(pack.thing(), identity, pack.sequence(), readings)));
                });
        return departures;
    }

    private Bytes signed(DidKey thing, DidKey identity, long sequence, List<Reading> readings) {
        var disguise =
                identity.equals(thing)
                        ? Disguise.NONE
                        : disguises.computeIfAbsent(identity, did -> Disguise.of(gateway, did));
        return Signer.sign(
                gateway,
                Form.JWS_SENML_JSON,
                identity,
                disguise.number(sequence),
                disguise.time(clock.instant()),
                readings.stream().map(disguise::reading).toList());
    }

    /// Forgets what it knows of the readings of every mapping.
    void forget() {
        shapers.clear();
        disguises.clear();
    }

    private List<Mapping> applying(DidKey thing, Instant now) {
        return things.ofThing(thing).stream()
                .filter(permission -> permission.refusal(now).isEmpty())
                .map(Permission::mapping)
                .filter(mapping -> mapping.platform().equals(platform))
                .toList();
    }

    /// What several mappings under one identity let through together, each reading once.
    private List<Reading> shaped(List<Mapping> mappings, List<Reading> readings) {
        record Key(String property, Instant time) {}
        var passed = new LinkedHashMap<Key, Reading>();
        for (var mapping : mappings) {
            var shaper = shapers.computeIfAbsent(mapping.id(), id -> new Shaper(mapping));
            for (var reading : shaper.shape(readings)) {
                passed.putIfAbsent(new Key(reading.property(), reading.time()), reading);
            }
        }
        return List.copyOf(passed.values());
    }
}
