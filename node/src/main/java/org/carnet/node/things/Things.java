// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;
import org.carnet.node.points.Permissions;
import org.carnet.policy.Permission;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All registered things and their owners' permissions, in memory, so that no query stands on the path of an update.
public final class Things implements Permissions {
    private final Map<DidKey, Thing> things = new ConcurrentHashMap<>();
    private final Map<String, Permission> permissions = new ConcurrentHashMap<>();
    private final Map<String, List<String>> mappingsOfAvatar = new ConcurrentHashMap<>();
    private final Map<DidKey, VerificationKey> gateways = new ConcurrentHashMap<>();

    /// Keys that things have or had, where these are not their identifiers.
    private final Set<DidKey> keys = ConcurrentHashMap.newKeySet();

    @Nullable Thing find(DidKey did) {
        return things.get(did);
    }

    @Override
    public int things() {
        return things.size();
    }

    Collection<Thing> all() {
        return things.values();
    }

    /// The key of a gateway that a registered thing names; decoded once.
    VerificationKey gatewayKey(DidKey gateway) {
        return gateways.computeIfAbsent(gateway, VerificationKey::of);
    }

    /// Whether any registered thing names this gateway.
    @Override
    public boolean isGateway(DidKey gateway) {
        return gateways.containsKey(gateway);
    }

    /// Adds a thing; false if it was there.
    public boolean add(DidKey did, String owner, Optional<DidKey> gateway) {
        if (things.putIfAbsent(did, new Thing(did, owner, gateway)) != null) return false;
        gateway.ifPresent(this::gatewayKey);
        return true;
    }

    /// Gives a thing to another owner, in that condition: nothing of before is with it but its identifier and its keys.
    ///
    /// @return takes it back
    synchronized Runnable give(Registration registration, Condition condition) {
        var did = registration.thing();
        var before = things.get(did);
        var given = new Thing(registration.thing(), registration.owner(), registration.gateway());
        given.become(condition);
        remember(condition);
        things.put(did, given);
        registration.gateway().ifPresent(this::gatewayKey);
        if (before == null) return () -> things.remove(did);
        var back = before.become(condition.decommissioned());
        return () -> {
            back.run();
            things.put(did, before);
        };
    }

    /// @return takes it back
    Runnable become(DidKey did, Condition condition) {
        var thing = things.get(did);
        if (thing == null) return () -> {};
        remember(condition);
        return thing.become(condition);
    }

    private void remember(Condition condition) {
        condition.key().ifPresent(keys::add);
        keys.addAll(condition.retired());
    }

    /// Whether that is a key of a thing, now or before, or of a gateway, so that no other thing may have it.
    boolean isKnown(DidKey key) {
        return things.containsKey(key) || keys.contains(key) || gateways.containsKey(key);
    }

    Condition condition(DidKey did) {
        var thing = things.get(did);
        return thing == null ? Condition.fresh(did) : thing.condition();
    }

    /// Whether the thing was its present owner's at that moment.
    boolean isOwnedSince(DidKey did, Instant moment) {
        var thing = things.get(did);
        return thing != null && thing.condition().since().isBefore(moment);
    }

    /// The alias by which a platform knows a thing of this owner, the same for all its mappings there.
    Optional<DidKey> aliasOf(Thing thing, String platform) {
        return thing.permissions().stream()
                .map(Permission::mapping)
                .filter(mapping -> mapping.platform().equals(platform))
                .flatMap(mapping -> mapping.alias().stream())
                .findFirst();
    }

    /// What was removed of an owner: so many things and mappings.
    record Removed(int things, int mappings) {}

    /// Removes all things of an owner, with their mappings and the gateways that no other thing names.
    synchronized Removed remove(String owner) {
        int removed = 0;
        int ended = 0;
        for (var thing : List.copyOf(things.values())) {
            if (!thing.owner().equals(owner)) continue;
            things.remove(thing.did());
            thing.permit(List.of());
            removed++;
        }
        for (var permission : List.copyOf(permissions.values())) {
            if (!permission.mapping().owner().equals(owner)) continue;
            permissions.remove(permission.mapping().id());
            mappingsOfAvatar.remove(permission.mapping().avatar());
            ended++;
        }
        if (removed > 0) {
            var named = new HashSet<DidKey>();
            keys.clear();
            for (var thing : things.values()) {
                thing.gateway().ifPresent(named::add);
                remember(thing.condition());
            }
            gateways.keySet().retainAll(named);
        }
        return new Removed(removed, ended);
    }

    @Override
    public Optional<Permission> permission(String mapping) {
        return Optional.ofNullable(permissions.get(mapping));
    }

    List<Permission> ofThing(DidKey did) {
        var thing = things.get(did);
        return thing == null ? List.of() : thing.permissions();
    }

    @Override
    public List<Permission> ofAvatar(String avatar) {
        return mappingsOfAvatar.getOrDefault(avatar, List.of()).stream()
                .map(permissions::get)
                .toList();
    }

    List<Permission> allPermissions() {
        return List.copyOf(permissions.values());
    }

    /// Takes a new mapping, or the new state of a known one; it holds for the next update of the thing. What a former
    /// owner permitted is kept for them alone.
    public synchronized void permit(Permission permission) {
        var mapping = permission.mapping();
        var thing = things.get(mapping.thing());
        if (permissions.put(mapping.id(), permission) == null) {
            mappingsOfAvatar.merge(mapping.avatar(), List.of(mapping.id()), Things::joined);
        }
        if (thing == null || !thing.owner().equals(mapping.owner())) return;
        var current = new ArrayList<Permission>();
        for (var known : thing.permissions()) {
            if (!known.mapping().id().equals(mapping.id())) current.add(known);
        }
        current.add(permission);
        thing.permit(current);
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    /// An avatar belongs to the owner who first mapped something to it.
    @Override
    public Optional<String> ownerOf(String thingOrAvatar) {
        var owner =
                ofAvatar(thingOrAvatar).stream()
                        .findFirst()
                        .map(permission -> permission.mapping().owner());
        if (owner.isPresent() || !thingOrAvatar.startsWith("did:key:")) return owner;
        try {
            return Optional.ofNullable(things.get(DidKey.parse(thingOrAvatar))).map(Thing::owner);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
