// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.attestation.Attested;
import org.carnet.attestation.DeviceIdentity;
import org.carnet.envelope.Refused;
import org.carnet.identity.DidKey;
import org.carnet.log.Record;
import org.carnet.node.points.AvatarUpdates;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;

import tools.jackson.databind.JsonNode;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Carries out what owners let their things do: register, map, pause, resume, end.
///
/// Every decision is on the record before it takes effect; the database follows the record. Its monitor stands for all
/// decisions about things, those of [Lifecycle] too: one is carried out after another.
final class Registrar {
    private final Things things;
    private final ThingStore store;
    private final Diary diary;
    private final AvatarUpdates avatars;
    private final Supplier<DidKey> aliases;
    private final InstantSource clock;
    private final String platform;
    private final Set<String> peers;

    /// @param platform this node's name; @param peers the names of the platforms to which it forwards
    Registrar(
            Things things,
            ThingStore store,
            Diary diary,
            AvatarUpdates avatars,
            Supplier<DidKey> aliases,
            InstantSource clock,
            String platform,
            Set<String> peers) {
        this.things = things;
        this.store = store;
        this.diary = diary;
        this.avatars = avatars;
        this.aliases = aliases;
        this.clock = clock;
        this.platform = platform;
        this.peers = peers;
    }

    /// What came of a request: the record, or why there is none.
    sealed interface Outcome {
        record Registered(Registration registration, long record) implements Outcome {}

        record Mapped(Permission permission, long record) implements Outcome {}

        record Changed(DidKey thing, Condition condition, long record) implements Outcome {}

        /// A proof that came with it does not hold.
        record Declined(Refused refused) implements Outcome {}

        /// It contradicts what is already there.
        record Conflict(String why) implements Outcome {}

        record NotFound(String what) implements Outcome {}
    }

    /// @throws IllegalArgumentException if the request is not well formed
    synchronized Outcome register(JsonNode body) {
        var registration = Registration.parse(body);
        if (things.find(registration.thing()) != null) {
            return new Outcome.Conflict("this thing is registered already");
        }
        if (things.isKnown(registration.thing())) {
            return new Outcome.Conflict("this key is in use here already");
        }
        var record = append(Record.Kind.REGISTERED, registration);
        adopt(registration);
        return new Outcome.Registered(registration, record);
    }

    /// Whether a device, or its key, is a thing here already; its owner learns that somebody tried.
    synchronized boolean isClaimed(DeviceIdentity device, DidKey key) {
        if (things.isKnown(key)) return true;
        var holder = store.ofDevice(device.fingerprint().toHex());
        holder.map(things::find).ifPresent(this::tried);
        return holder.isPresent();
    }

    private void tried(Thing thing) {
        boolean recorded;
        synchronized (thing) {
            recorded = thing.mayRecordRefusal(clock.millis());
        }
        if (!recorded) return;
        var details = Details.object().put("reason", "claimed-already");
        append(Record.Kind.REFUSED, thing.owner(), thing.did().value(), details);
    }

    /// Registers a device that proved who made it, for the owner who said its code.
    synchronized Outcome claim(Registration registration, Attested attested) {
        if (isClaimed(attested.device(), registration.thing())) {
            return new Outcome.Conflict("this device was claimed here before");
        }
        var details = registration.toJson();
        details.set("device", Claims.json(attested));
        var thing = registration.thing().value();
        var record = append(Record.Kind.CLAIMED, registration.owner(), thing, details);
        adopt(registration, details);
        return new Outcome.Registered(registration, record);
    }

    private void adopt(Registration registration, JsonNode details) {
        adopt(registration);
        store.setDevice(registration.thing(), Claims.fingerprint(details));
    }

    private void adopt(Registration registration) {
        store.insert(registration);
        things.add(registration.thing(), registration.owner(), registration.gateway());
    }

    /// @throws IllegalArgumentException if the request is not well formed
    synchronized Outcome map(JsonNode body) {
        var alias = alias(body);
        var mapping = Terms.requested(body, UUID.randomUUID(), alias, clock.instant());
        if (!mapping.platform().equals(platform) && !peers.contains(mapping.platform())) {
            throw new IllegalArgumentException(
                    "\"platform\" is \"" + platform + "\" or one of its peers " + peers);
        }
        var thing = things.find(mapping.thing());
        if (thing == null) return new Outcome.NotFound("this thing is not registered here");
        if (!thing.owner().equals(mapping.owner())) {
            return new Outcome.Conflict("only the thing's owner maps it");
        }
        var taken =
                things.ownerOf(mapping.avatar()).filter(owner -> !owner.equals(mapping.owner()));
        if (taken.isPresent()) return new Outcome.Conflict("the avatar belongs to somebody else");
        var record =
                append(Record.Kind.MAPPED, mapping.owner(), mapping.avatar(), Terms.json(mapping));
        var permission = new Permission(mapping, Permission.State.ACTIVE);
        adopt(permission);
        return new Outcome.Mapped(permission, record);
    }

    /// One alias for each thing and platform, made by this node, so that a thing is never known by what is another's.
    private Optional<DidKey> alias(JsonNode body) {
        if (body.has("alias")) throw new IllegalArgumentException("the node makes the \"alias\"");
        var other = body.path("platform").asString("");
        if (!body.path("pairwise").asBoolean(!other.equals(platform))) return Optional.empty();
        var thing = things.find(new DidKey(body.path("thing").asString("")));
        var known = thing == null ? Optional.<DidKey>empty() : things.aliasOf(thing, other);
        return Optional.of(known.orElseGet(aliases));
    }

    private void adopt(Permission permission) {
        store.insert(permission.mapping());
        take(permission);
    }

    private void take(Permission permission) {
        things.permit(permission);
        if (permission.mapping().platform().equals(platform)) avatars.mapped(permission.mapping());
    }

    /// Pauses, resumes or ends a mapping; ending is for good.
    synchronized Outcome change(String id, Permission.State state) {
        var known = things.permission(id).orElse(null);
        if (known == null) return new Outcome.NotFound("no mapping has this id");
        if (known.state() == Permission.State.ENDED)
            return new Outcome.Conflict("the mapping was ended");
        var kind =
                switch (state) {
                    case ACTIVE -> Record.Kind.RESUMED;
                    case PAUSED -> Record.Kind.PAUSED;
                    case ENDED -> Record.Kind.ENDED;
                };
        var mapping = known.mapping();
        var record =
                append(
                        kind,
                        mapping.owner(),
                        mapping.avatar(),
                        Details.object().put("mapping", id));
        change(mapping, state);
        return new Outcome.Mapped(new Permission(mapping, state), record);
    }

    private void change(Mapping mapping, Permission.State state) {
        store.update(mapping.id(), state);
        things.permit(new Permission(mapping, state));
    }

    private long append(Record.Kind kind, Registration registration) {
        var thing = registration.thing().value();
        return append(kind, registration.owner(), thing, registration.toJson());
    }

    private long append(Record.Kind kind, String owner, String about, JsonNode details) {
        return diary.write(Diary.entry(kind, owner, about, Details.of(details)));
    }

    /// Asks when no decision is between its record and the database.
    synchronized long settled(LongSupplier question) {
        return question.getAsLong();
    }

    /// Deregisters all things of an owner and ends their mappings; the tombstone on the record stands for both.
    synchronized Things.Removed forget(String owner) {
        store.delete(owner);
        return things.remove(owner);
    }

    /// Loads what the database holds.
    void load() {
        store.eachRegistration(
                (registration, condition) -> {
                    things.add(registration.thing(), registration.owner(), registration.gateway());
                    condition.ifPresent(known -> things.become(registration.thing(), known));
                });
        store.eachPermission(this::take);
    }

    /// Carries out again what was recorded: the node may have died between the record and the database.
    void restore(Record.Kind kind, JsonNode details) {
        switch (kind) {
            case REGISTERED -> adopt(Registration.parse(details));
            case CLAIMED -> adopt(Registration.parse(details), details);
            case MAPPED -> {
                var mapping = Terms.stored(details);
                if (things.permission(mapping.id()).isEmpty()) {
                    adopt(new Permission(mapping, Permission.State.ACTIVE));
                }
            }
            case PAUSED -> restore(details, Permission.State.PAUSED);
            case RESUMED -> restore(details, Permission.State.ACTIVE);
            case ENDED -> restore(details, Permission.State.ENDED);
            default -> {}
        }
    }

    private void restore(JsonNode details, Permission.State state) {
        things.permission(details.path("mapping").asString(""))
                .filter(known -> known.state() != state)
                .ifPresent(known -> change(known.mapping(), state));
    }
}
