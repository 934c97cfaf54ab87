// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Of which questions a policy can speak at all, from its head: the part before `when` and `unless`.
///
/// A policy whose head does not fit a question has no say in it, so leaving it out changes no answer. Where a head is
/// of a shape that is not understood here, the policy is asked every time.
///
/// @param party of which parties
/// @param actions the actions, with the groups resolved; empty for all
/// @param resource of which resources
record Scope(Part party, Optional<Set<String>> actions, Part resource) {

    /// One side of a head.
    ///
    /// @param type the entity type it must have
    /// @param entity the one entity it must be, or be in
    record Part(Optional<String> type, Optional<Entity> entity, boolean within) {
        static final Part ANY = new Part(Optional.empty(), Optional.empty(), false);

        static Part of(JsonNode head) {
            var entity = head.path("entity");
            return switch (head.path("op").asString("")) {
                case "==" -> new Part(Optional.empty(), Optional.of(Entity.of(entity)), false);
                case "in" -> new Part(Optional.empty(), Optional.of(Entity.of(entity)), true);
                case "is" -> {
                    var type = Optional.of(head.path("entity_type").asString(""));
                    var in = head.path("in").path("entity");
                    yield in.isObject()
                            ? new Part(type, Optional.of(Entity.of(in)), true)
                            : new Part(type, Optional.empty(), false);
                }
                default -> ANY;
            };
        }

        boolean fits(String itsType, String itsId, Set<String> roles) {
            if (type.isPresent() && !type.get().equals(itsType)) return false;
            if (entity.isEmpty()) return true;
            var wanted = entity.get();
            if (wanted.type.equals(itsType) && wanted.id.equals(itsId)) return true;
            return within && wanted.type.equals("Role") && roles.contains(wanted.id);
        }
    }

    /// An entity by its type and id.
    record Entity(String type, String id) {
        static Entity of(JsonNode json) {
            return new Entity(json.path("type").asString(""), json.path("id").asString(""));
        }
    }

    /// @param policy a policy in Cedar's JSON form
    static Scope of(JsonNode policy, Actions actions) {
        return new Scope(
                Part.of(policy.path("principal")),
                actions(policy.path("action"), actions),
                Part.of(policy.path("resource")));
    }

    private static Optional<Set<String>> actions(JsonNode head, Actions actions) {
        var op = head.path("op").asString("");
        if (!op.equals("==") && !op.equals("in")) return Optional.empty();
        var named = new HashSet<String>();
        Stream.concat(Stream.of(head.path("entity")), head.path("entities").valueStream())
                .filter(JsonNode::isObject)
                .map(entity -> entity.path("id").asString(""))
                .forEach(id -> named.addAll(actions.within(id)));
        return Optional.of(Set.copyOf(named));
    }

    boolean speaksOf(String action) {
        return actions.isEmpty() || actions.get().contains(action);
    }

    boolean fits(Question question) {
        var asking = question.party();
        var about = question.resource();
        return speaksOf(question.action())
                && party.fits(asking.type(), asking.name(), asking.roles())
                && resource.fits(about.type(), about.id(), Set.of());
    }
}
