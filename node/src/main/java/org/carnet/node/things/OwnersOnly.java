// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Resource;
import org.carnet.policy.Mapping;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks the gate about what stands in a body or in a list: whose thing it is said to be, and which things a caller may see.
final class OwnersOnly {
    private static final int PAGE = 500;

    private final Gate gate;

    OwnersOnly(Gate gate) {
        this.gate = gate;
    }

    /// Nobody registers a thing in somebody else's name, unless the policies let them act for owners.
    ///
    /// Whether the thing is registered already, and to whom, plays no part: the answer must not tell.
    void requireRegistration(HttpServletRequest request, JsonNode body) {
        var thing = body.path("thingDescription").path("id").asString("");
        gate.require(Caller.of(request), "registerThing", named("Thing", thing, body));
    }

    /// Nobody maps a thing that is not their own, nor in somebody else's name.
    ///
    /// A thing that is not there is refused as one of somebody else is.
    void requireMapping(HttpServletRequest request, JsonNode body) {
        var thing = body.path("thing").asString("");
        var caller = Caller.of(request);
        gate.require(caller, "createMapping", gate.resource("Thing", thing));
        gate.require(caller, "createMapping", named("Thing", thing, body));
    }

    private static Resource named(String type, String id, JsonNode body) {
        var owner = Optional.of(body.path("owner").asString("")).filter(name -> !name.isEmpty());
        return new Resource(type, id.isEmpty() ? "unnamed" : id, owner);
    }

    boolean maySee(HttpServletRequest request, Mapping mapping) {
        var resource = new Resource("Mapping", mapping.id(), Optional.of(mapping.owner()));
        return gate.may(Caller.of(request), "readMapping", resource, Circumstances.REMOTE);
    }

    /// A page of the registrations that the caller may see; `offset` counts those alone.
    List<Registration> seen(HttpServletRequest request, ThingStore store, int offset, int limit) {
        var caller = Caller.of(request);
        var seen = new ArrayList<Registration>();
        int skipped = 0;
        for (int at = 0; ; at += PAGE) {
            var page = store.registrations(at, PAGE);
            for (var one : page) {
                var resource = new Resource("Thing", one.thing().value(), Optional.of(one.owner()));
                if (!gate.may(caller, "readThing", resource, Circumstances.REMOTE)) continue;
                if (skipped++ < offset) continue;
                seen.add(one);
                if (seen.size() == limit) return seen;
            }
            if (page.size() < PAGE) return seen;
        }
    }
}
