// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.envelope.KeyStatement;
import org.carnet.envelope.Reason;
import org.carnet.envelope.Refused;
import org.carnet.identity.DidKey;
import org.carnet.log.Record;
import org.carnet.node.points.AvatarIdentities;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Suspensions;
import org.carnet.node.points.Suspicion;
import org.carnet.node.things.Condition.Standing;
import org.carnet.node.things.Registrar.Outcome;
import org.carnet.policy.Permission;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Carries out what becomes of registered things: another key, loss, revocation, another owner, the end of service.
///
/// Each is on the record before it takes effect, and takes effect at that place of the record: what the thing signed
/// with a key that it no longer has is never recorded behind it. The record tells the whole condition that follows, so
/// restoring it after a crash needs nothing else.
final class Lifecycle {
    private final Registrar registrar;
    private final Things things;
    private final ThingStore store;
    private final Diary diary;
    private final HandOvers handOvers;
    private final Suspensions suspensions;
    private final Suspicion suspicion;
    private final AvatarIdentities identities;
    private final InstantSource clock;

    Lifecycle(
            Registrar registrar,
            Things things,
            ThingStore store,
            Diary diary,
            HandOvers handOvers,
            Suspensions suspensions,
            Suspicion suspicion,
            AvatarIdentities identities,
            InstantSource clock) {
        this.registrar = registrar;
        this.things = things;
        this.store = store;
        this.diary = diary;
        this.handOvers = handOvers;
        this.suspensions = suspensions;
        this.suspicion = suspicion;
        this.identities = identities;
        this.clock = clock;
    }

    /// The owner gives the thing another key, whatever became of the one before.
    ///
    /// @param possession signed by the new key
    Outcome rotate(DidKey did, KeyStatement possession) {
        synchronized (registrar) {
            var thing = things.find(did);
            if (thing == null) return unknown();
            var wrong = wrong(possession, did);
            if (wrong != null) return new Outcome.Declined(wrong);
            return rotate(thing, possession.key(), "owner");
        }
    }

    /// The thing gives itself another key.
    ///
    /// @param possession signed by the new key
    /// @param consent signed by the one it has now
    Outcome rotate(KeyStatement possession, KeyStatement consent) {
        synchronized (registrar) {
            var thing = things.find(consent.thing());
            if (thing == null || !thing.had(consent.signer())) {
                return declined(Reason.WRONG_KEY, "no thing is registered here with that key");
            }
            var wrong = wrong(possession, thing.did());
            if (wrong != null) return new Outcome.Declined(wrong);
            if (!consent.key().equals(possession.key())) {
                return declined(Reason.WRONG_KEY, "the two statements name different keys");
            }
            if (thing.condition().key().filter(possession.key()::equals).isPresent()) {
                return new Outcome.Conflict("the thing has this key already");
            }
            var barred = thing.bars(consent.signer(), clock.instant());
            if (barred != null) return refuse(thing, barred);
            if (suspensions.suspended(thing.did().value())) {
                return refuse(thing, new Refused(Reason.SUSPENDED, "its owner may change its key"));
            }
            return rotate(thing, possession.key(), "key");
        }
    }

    private Outcome rotate(Thing thing, DidKey key, String by) {
        var before = thing.condition();
        if (before.standing() == Standing.DECOMMISSIONED) return outOfService();
        if (things.isKnown(key)) return new Outcome.Conflict("this key was in use before");
        var details = Details.object().put("by", by).put("key", key.value());
        return change(thing, Record.Kind.ROTATED, before.withKey(key), details);
    }

    private static @Nullable Refused wrong(KeyStatement possession, DidKey thing) {
        if (!possession.signer().equals(possession.key()))
            return new Refused(Reason.WRONG_KEY, "the new key did not sign for itself");
        if (!possession.thing().equals(thing))
            return new Refused(Reason.WRONG_KEY, "the statement is about another thing");
        return null;
    }

    Outcome lose(DidKey did) {
        return change(did, Record.Kind.REVOKED, Standing.ACTIVE, Condition::lost);
    }

    Outcome find(DidKey did) {
        return change(did, Record.Kind.RESUMED, Standing.LOST, Condition::found);
    }

    /// The thing's key holds no more; only another one brings the thing back.
    Outcome revoke(DidKey did) {
        synchronized (registrar) {
            var thing = things.find(did);
            if (thing == null) return unknown();
            return switch (thing.condition().standing()) {
                case ACTIVE, LOST ->
                        change(
                                thing,
                                Record.Kind.REVOKED,
                                thing.condition().revoked(),
                                Details.object());
                case REVOKED -> new Outcome.Conflict("its key was revoked before");
                case DECOMMISSIONED -> outOfService();
            };
        }
    }

    private Outcome change(
            DidKey did, Record.Kind kind, Standing from, Function<Condition, Condition> to) {
        synchronized (registrar) {
            var thing = things.find(did);
            if (thing == null) return unknown();
            var before = thing.condition();
            if (before.standing() != from)
                return new Outcome.Conflict("the thing is " + before.standing().word());
            return change(thing, kind, to.apply(before), Details.object());
        }
    }

    private Outcome change(Thing thing, Record.Kind kind, Condition next, ObjectNode details) {
        var entry = entry(thing, kind, next, details);
        long record = diary.write(thing, List.of(entry), () -> become(thing.did(), next));
        store.update(thing.did(), next);
        return new Outcome.Changed(thing.did(), next, record);
    }

    private static Entry entry(Thing thing, Record.Kind kind, Condition next, ObjectNode details) {
        var did = thing.did().value();
        details.put("thing", did).set("condition", next.toJson());
        return Diary.entry(kind, thing.owner(), did, Details.of(details));
    }

    private Runnable become(DidKey did, Condition next) {
        var undo = things.become(did, next);
        tell(did, next);
        return () -> {
            undo.run();
            Optional.ofNullable(things.find(did)).ifPresent(this::tell);
        };
    }

    private void tell(Thing thing) {
        tell(thing.did(), thing.condition());
    }

    /// Whoever asks about suspensions learns that a thing is lost.
    private void tell(DidKey did, Condition condition) {
        var party = did.value();
        if (condition.standing() == Standing.LOST) {
            suspensions.suspend(party, Suspensions.Cause.OWNER);
        } else {
            suspensions.lift(party, Suspensions.Cause.OWNER);
        }
    }

    /// Takes the thing out of service for good; its mappings end with it.
    Outcome decommission(DidKey did) {
        synchronized (registrar) {
            var thing = things.find(did);
            if (thing == null) return unknown();
            var before = thing.condition();
            if (before.standing() == Standing.DECOMMISSIONED) return outOfService();
            var next = before.decommissioned();
            var entries = new ArrayList<Entry>();
            entries.add(entry(thing, Record.Kind.DEREGISTERED, next, Details.object()));
            entries.addAll(endings(thing));
            long record = diary.write(thing, entries, () -> become(did, next));
            endAvatars(thing);
            store.update(did, next);
            handOvers.withdraw(did);
            return new Outcome.Changed(did, next, record);
        }
    }

    /// The owner offers the thing to another account.
    sealed interface Offering {
        record Offered(HandOvers.Offer offer) implements Offering {}

        record NotOffered(Outcome why) implements Offering {}
    }

    Offering offer(DidKey did, String to) {
        synchronized (registrar) {
            var thing = things.find(did);
            if (thing == null) return new Offering.NotOffered(unknown());
            if (to.isBlank() || to.equals(thing.owner()))
                throw new IllegalArgumentException("\"to\" is the name of another account");
            return hindrance(thing)
                    .<Offering>map(Offering.NotOffered::new)
                    .orElseGet(() -> new Offering.Offered(handOvers.offer(did, thing.owner(), to)));
        }
    }

    boolean withdraw(DidKey did) {
        return handOvers.withdraw(did);
    }

    /// What has to be settled before: nobody gets rid of a suspension by handing its thing on.
    private Optional<Outcome> hindrance(Thing thing) {
        var standing = thing.condition().standing();
        if (standing != Standing.ACTIVE)
            return Optional.of(new Outcome.Conflict("the thing is " + standing.word()));
        if (suspensions.suspended(thing.did().value()))
            return Optional.of(new Outcome.Conflict("the thing is suspended"));
        return Optional.empty();
    }

    /// The other account takes the thing over, with a key that the owner before never had.
    Outcome takeOver(String code, String account, KeyStatement possession) {
        synchronized (registrar) {
            var offer = handOvers.find(code, account).orElse(null);
            var thing = offer == null ? null : things.find(offer.thing());
            if (thing == null || offer == null || !thing.owner().equals(offer.from())) {
                return new Outcome.NotFound("nothing is handed over to you by this code");
            }
            var wrong = wrong(possession, thing.did());
            if (wrong != null) return new Outcome.Declined(wrong);
            if (things.isKnown(possession.key()))
                return new Outcome.Conflict("this key was in use before");
            var hindrance = hindrance(thing);
            if (hindrance.isPresent()) return hindrance.get();
            return transfer(thing, account, possession.key());
        }
    }

    private Outcome transfer(Thing thing, String account, DidKey key) {
        var did = thing.did();
        var known = store.registration(did).orElseThrow();
        var registration = new Registration(did, account, known.gateway(), known.description());
        var next = thing.condition().withKey(key).since(clock.instant());
        // Neither owner's record names the other: each is forgotten without the other's keys.
        var entries = new ArrayList<>(endings(thing));
        var gone = Details.object().put("thing", did.value());
        entries.add(transferred(thing.owner(), did, gone));
        var came = Details.object();
        came.set("registration", registration.toJson());
        came.set("condition", next.toJson());
        entries.add(transferred(account, did, came));
        long first = diary.write(thing, entries, () -> things.give(registration, next));
        endAvatars(thing);
        store.put(registration, next);
        handOvers.withdraw(did);
        suspicion.renewed(did.value());
        return new Outcome.Changed(did, next, first + entries.size() - 1);
    }

    private static Entry transferred(String owner, DidKey did, ObjectNode details) {
        return Diary.entry(Record.Kind.TRANSFERRED, owner, did.value(), Details.of(details));
    }

    private static List<Entry> endings(Thing thing) {
        return thing.permissions().stream()
                .filter(permission -> permission.state() != Permission.State.ENDED)
                .map(
                        permission ->
                                Diary.entry(
                                        Record.Kind.ENDED,
                                        permission.mapping().owner(),
                                        permission.mapping().avatar(),
                                        Details.of(
                                                Details.object()
                                                        .put(
                                                                "mapping",
                                                                permission.mapping().id()))))
                .toList();
    }

    /// Nothing feeds the owner's avatars any more, and they are nobody at other platforms.
    private void endAvatars(Thing thing) {
        identities.endOf(thing.owner(), thing.did(), thing.owner());
        for (var permission : thing.permissions()) {
            var mapping = permission.mapping();
            store.update(mapping.id(), Permission.State.ENDED);
            things.permit(new Permission(mapping, Permission.State.ENDED));
        }
    }

    private Outcome refuse(Thing thing, Refused refused) {
        boolean recorded;
        synchronized (thing) {
            recorded = thing.mayRecordRefusal(clock.millis());
        }
        if (recorded) {
            var did = thing.did().value();
            diary.write(
                    Diary.entry(
                            Record.Kind.REFUSED, thing.owner(), did, Details.refused(refused, 0)));
        }
        return new Outcome.Declined(refused);
    }

    private static Outcome declined(Reason reason, String detail) {
        return new Outcome.Declined(new Refused(reason, detail));
    }

    private static Outcome unknown() {
        return new Outcome.NotFound("this thing is not registered here");
    }

    private static Outcome outOfService() {
        return new Outcome.Conflict("the thing was taken out of service for good");
    }

    /// What somebody offers, or is offered, is withdrawn.
    void forget(String owner) {
        handOvers.forget(owner);
    }

    /// Tells whoever asks what the database holds.
    void load() {
        things.all().forEach(this::tell);
    }

    /// Carries out again what was recorded: the node may have died between the record and the database.
    void restore(JsonNode details) {
        if (details.has("registration")) {
            var registration = Registration.parse(details.path("registration"));
            var condition = Condition.parse(details.path("condition"));
            var known = things.find(registration.thing());
            if (known == null || !known.owner().equals(registration.owner())) {
                things.give(registration, condition);
            }
            store.put(registration, condition);
            become(registration.thing(), condition);
        } else if (details.has("condition")) {
            var did = DidKey.parse(details.path("thing").asString(""));
            var condition = Condition.parse(details.path("condition"));
            store.update(did, condition);
            become(did, condition);
        }
    }
}
