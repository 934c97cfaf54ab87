// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.NodeClient;
import org.carnet.client.Recording;
import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.identity.DidKey;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the watches known and lets their owners decide, platform by platform, what may be seen there.
///
/// Pulse knows the watches. Agora knows them too and sees everything. Arcadia knows each only by an alias that Pulse
/// made for it, and sees how intense its wearer's movement is, once a second.
final class Enrolment {
    static final String INTENSITY = "activity-intensity";

    private static final List<String> MOVEMENT =
            List.of(
                    "acceleration-x",
                    "acceleration-y",
                    "acceleration-z",
                    "rotation-x",
                    "rotation-y",
                    "rotation-z",
                    Recording.ACTIVITY);

    private final NodeClient pulse;
    private final NodeClient agora;
    private final NodeClient arcadia;
    private final Map<String, String> throughPulse;
    private final InstantSource clock;

    Enrolment(NodeClient pulse, NodeClient agora, NodeClient arcadia, InstantSource clock)
            throws IOException {
        this.pulse = pulse;
        this.agora = agora;
        this.arcadia = arcadia;
        this.throughPulse =
                Map.of("route", "gateway", "gateway", pulse.get("api/node").path("did").asString());
        this.clock = clock;
    }

    private Instant tomorrow() {
        return clock.instant().plus(Duration.ofDays(1));
    }

    void enrol(Wearer wearer) throws IOException {
        var watch = wearer.watch();
        register(pulse, watch.description(), wearer.owner(), Map.of("route", "direct"));
        register(agora, watch.description(), wearer.owner(), throughPulse);
        var inAgora = mapping(watch.id(), "agora", wearer.walker(), wearer.owner());
        var openly = new LinkedHashMap<>(inAgora);
        openly.put("pairwise", false);
        map(pulse, openly, shares(MOVEMENT), tomorrow());
        map(agora, inAgora, shares(MOVEMENT), tomorrow());
        enrolInArcadia(wearer);
    }

    /// Lets Pulse itself see the watch's battery for a while.
    void lendBattery(Wearer wearer, Instant until) throws IOException {
        var dock = mapping(wearer.watch().id(), "pulse", Wearer.DOCK, wearer.owner());
        map(pulse, dock, shares(List.of(Wearer.BATTERY)), until);
    }

    /// Makes a watch known that Pulse alone sees, for as long as its owner wants.
    void admit(Thing watch, String owner, String avatar) throws IOException {
        register(pulse, watch.description(), owner, Map.of("route", "direct"));
        var seen = mapping(watch.id(), "pulse", avatar, owner);
        map(pulse, seen, shares(List.of(Wearer.BATTERY)), tomorrow());
    }

    private void enrolInArcadia(Wearer wearer) throws IOException {
        var atPulse = mapping(wearer.watch().id(), "arcadia", wearer.spark(), wearer.owner());
        var everySecond = List.of(Map.of("property", INTENSITY, "periodMillis", 1000));
        var alias =
                DidKey.parse(map(pulse, atPulse, everySecond, tomorrow()).path("alias").asString());
        var owner = "owner-of-" + wearer.spark();
        receive(arcadia, "arcadia", alias, wearer.spark(), owner, INTENSITY, "m/s2");
    }

    /// Makes a thing known to a platform that has nothing but its alias, and lets it feed an avatar there.
    void receive(
            NodeClient platform,
            String name,
            DidKey alias,
            String avatar,
            String owner,
            String property,
            String unit)
            throws IOException {
        var description =
                ThingDescription.of(alias, "Something that moves").quantity(property, unit);
        register(platform, description.toJson(), owner, throughPulse);
        map(platform, mapping(alias, name, avatar, owner), shares(List.of(property)), tomorrow());
    }

    private static void register(
            NodeClient node, JsonNode description, String owner, Map<String, String> route)
            throws IOException {
        var body = new LinkedHashMap<String, Object>(route);
        body.put("thingDescription", description);
        body.put("owner", owner);
        node.post("api/things", body);
    }

    private static Map<String, Object> mapping(
            DidKey thing, String platform, String avatar, String owner) {
        var mapping = new LinkedHashMap<String, Object>();
        mapping.put("thing", thing.value());
        mapping.put("platform", platform);
        mapping.put("avatar", avatar);
        mapping.put("owner", owner);
        mapping.put("purpose", "animation");
        return mapping;
    }

    private static List<Map<String, String>> shares(List<String> properties) {
        return properties.stream().map(property -> Map.of("property", property)).toList();
    }

    private static JsonNode map(
            NodeClient node, Map<String, Object> mapping, List<?> shares, Instant notAfter)
            throws IOException {
        var body = new LinkedHashMap<>(mapping);
        body.put("shares", shares);
        body.put("notAfter", notAfter.toString());
        return node.post("api/mappings", body);
    }
}
