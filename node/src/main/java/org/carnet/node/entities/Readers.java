// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.points.AvatarReads.View;
import org.carnet.node.points.Permissions;
import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Resource;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks the gate who may read what of an avatar, property by property and for the purpose that was stated.
///
/// For what a property is shared stands in the mappings that are in force at that moment. Of an avatar that is not there
/// the answer is that for one of somebody else.
final class Readers {
    private final Gate gate;
    private final Permissions permissions;
    private final InstantSource clock;

    Readers(Gate gate, Permissions permissions, InstantSource clock) {
        this.gate = gate;
        this.permissions = permissions;
        this.clock = clock;
    }

    /// Lets nobody pass who may not read all of these properties.
    void require(
            Caller caller, String action, String avatar, Set<String> properties, String purpose) {
        gate.require(
                caller,
                action,
                gate.resource("Avatar", avatar),
                asked(avatar, properties, purpose));
    }

    /// Which of the avatar's properties the caller may read; refuses whoever may read none.
    Set<String> readable(Caller caller, String avatar, Set<String> properties, String purpose) {
        var resource = gate.resource("Avatar", avatar);
        var readable = new HashSet<String>();
        for (var property : properties) {
            if (gate.may(caller, "readAvatar", resource, asked(avatar, Set.of(property), purpose)))
                readable.add(property);
        }
        gate.require(
                caller,
                "readAvatar",
                resource,
                asked(avatar, readable.isEmpty() ? properties : readable, purpose));
        return readable;
    }

    /// Whether the caller may know that the avatar is there.
    boolean mayList(Caller caller, String avatar) {
        return gate.may(
                caller, "describeAvatar", gate.resource("Avatar", avatar), Circumstances.REMOTE);
    }

    /// Lets nobody follow an avatar of which they may not learn anything; each change is asked about by itself.
    void requireFollowing(Caller caller, String avatar, String purpose) {
        gate.require(
                caller,
                "followAvatar",
                gate.resource("Avatar", avatar),
                asked(avatar, Set.of(), purpose));
    }

    /// Whether a change may be told to whoever follows: what is in it, and nothing less.
    boolean mayFollow(Caller caller, View view, Set<String> properties, String purpose) {
        var resource = new Resource("Avatar", view.avatar(), Optional.of(view.owner()));
        return gate.may(
                caller, "followAvatar", resource, asked(view.avatar(), properties, purpose));
    }

    private Circumstances asked(String avatar, Set<String> properties, String purpose) {
        return purpose.isEmpty()
                ? new Circumstances(false, "", properties, Set.of())
                : new Circumstances(false, purpose, properties, shared(avatar, properties));
    }

    /// For what the owner shares every one of the properties with this avatar.
    private Set<String> shared(String avatar, Set<String> properties) {
        var now = clock.instant();
        var inForce =
                permissions.ofAvatar(avatar).stream()
                        .filter(
                                permission ->
                                        permission.status(now).equals("active")
                                                && !now.isBefore(permission.mapping().notBefore()))
                        .map(org.carnet.policy.Permission::mapping)
                        .toList();
        return inForce.stream()
                .map(org.carnet.policy.Mapping::purpose)
                .distinct()
                .filter(
                        purpose ->
                                properties.stream()
                                        .allMatch(
                                                property ->
                                                        inForce.stream()
                                                                .anyMatch(
                                                                        mapping ->
                                                                                mapping.purpose()
                                                                                                .equals(
                                                                                                        purpose)
                                                                                        && mapping.shares()
                                                                                                .containsKey(
                                                                                                        property))))
                .collect(Collectors.toSet());
    }
}
