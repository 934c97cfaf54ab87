// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import tools.jackson.databind.JsonNode;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The actions that the schema names, and the groups they belong to.
public final class Actions {
    private final Map<String, Set<String>> groups;
    private final Map<String, Set<String>> resources;

    private Actions(Map<String, Set<String>> groups, Map<String, Set<String>> resources) {
        this.groups = groups;
        this.resources = resources;
    }

    /// @param schema in Cedar's JSON form
    static Actions of(JsonNode schema) {
        var groups = new TreeMap<String, Set<String>>();
        var resources = new TreeMap<String, Set<String>>();
        for (var action : schema.path("").path("actions").properties()) {
            groups.put(
                    action.getKey(),
                    action.getValue()
                            .path("memberOf")
                            .valueStream()
                            .map(group -> group.path("id").asString(""))
                            .collect(Collectors.toUnmodifiableSet()));
            resources.put(
                    action.getKey(),
                    action.getValue()
                            .path("appliesTo")
                            .path("resourceTypes")
                            .valueStream()
                            .map(JsonNode::asString)
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return new Actions(groups, resources);
    }

    /// Whether the action can be asked about a resource of this type.
    public boolean apply(String action, String resourceType) {
        return resources.getOrDefault(action, Set.of()).contains(resourceType);
    }

    /// Every action that can be asked about something, without the groups; with the groups each is directly in.
    public Map<String, Set<String>> all() {
        var all = new TreeMap<String, Set<String>>();
        groups.forEach(
                (action, in) -> {
                    if (!resources.getOrDefault(action, Set.of()).isEmpty()) all.put(action, in);
                });
        return all;
    }

    /// The groups the action is in, directly or through another.
    Set<String> groupsOf(String action) {
        var found = new HashSet<String>();
        var open = new ArrayDeque<>(groups.getOrDefault(action, Set.of()));
        while (!open.isEmpty()) {
            var group = open.pop();
            if (found.add(group)) open.addAll(groups.getOrDefault(group, Set.of()));
        }
        return found;
    }

    /// The action itself, and if it is a group all that are in it.
    Set<String> within(String actionOrGroup) {
        var found = new HashSet<String>();
        found.add(actionOrGroup);
        for (var action : groups.keySet()) {
            if (groupsOf(action).contains(actionOrGroup)) found.add(action);
        }
        return found;
    }
}
