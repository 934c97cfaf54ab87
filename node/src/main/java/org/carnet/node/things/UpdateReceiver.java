// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.envelope.Reason;
import org.carnet.envelope.Refused;
import org.carnet.envelope.SequenceWindow;
import org.carnet.envelope.SignedPack;
import org.carnet.envelope.VerifiedPack;
import org.carnet.identity.VerificationKey;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.AvatarUpdates;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.carnet.node.points.StorageFull;
import org.carnet.node.points.SubjectForgotten;
import org.carnet.node.points.Suspensions;
import org.carnet.node.points.Suspicion;
import org.carnet.node.points.Traffic;
import org.carnet.policy.Mapping;
import org.carnet.policy.Usage;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The path of one update, whatever carried it here.
///
/// Bytes become a well-formed pack, then a verified one, then one that its owner's mappings permit and that was never
/// seen before; it is put on the record, and only when that is on disk is it applied and acknowledged. Whatever is
/// refused changes nothing. Refusals of things that proved who they are go on the record as well.
public final class UpdateReceiver {
    /// What senders must keep to.
    ///
    /// @param clockSkew how far a thing's clock may be off
    /// @param maxDelay how old an update may be that a gateway forwards
    /// @param perSecond updates that one thing may send each second
    public record Limits(int maxBytes, Duration clockSkew, Duration maxDelay, double perSecond) {}

    private final Things things;
    private final Records records;
    private final AvatarUpdates avatars;
    private final Outcomes outcomes;
    private final Traffic traffic;
    private final Suspicion suspicion;
    private final Suspensions suspensions;
    private final Limits limits;
    private final InstantSource clock;
    private final String platform;

    public UpdateReceiver(
            Things things,
            Records records,
            AvatarUpdates avatars,
            Outcomes outcomes,
            Traffic traffic,
            Suspicion suspicion,
            Suspensions suspensions,
            Limits limits,
            InstantSource clock,
            String platform) {
        this.things = things;
        this.records = records;
        this.avatars = avatars;
        this.outcomes = outcomes;
        this.traffic = traffic;
        this.suspicion = suspicion;
        this.suspensions = suspensions;
        this.limits = limits;
        this.clock = clock;
        this.platform = platform;
    }

    /// Receives one update; `told` learns the answer once it holds, from this thread or from the storage's.
    public void receive(Bytes raw, Sender sender, Consumer<Answer> told) {
        traffic.in(Traffic.Point.R1);
        var answer = outcomes.timed(told);
        if (raw.length() > limits.maxBytes()) {
            var detail = raw.length() + " bytes, where " + limits.maxBytes() + " are allowed";
            answer.accept(new Answer.Declined(new Refused(Reason.TOO_LARGE, detail)));
            return;
        }
        switch (SignedPack.decode(raw)) {
            case Refused refused -> answer.accept(new Answer.Declined(refused));
            case SignedPack pack -> verify(pack, sender, answer);
        }
    }

    private void verify(SignedPack pack, Sender sender, Consumer<Answer> answer) {
        var thing = things.find(pack.thing());
        if (thing == null) {
            answer.accept(new Answer.Declined(unknown()));
            return;
        }
        var key = keyFor(pack, thing);
        if (key == null) {
            var detail = "neither the thing nor its gateway holds the key that signed this";
            answer.accept(new Answer.Declined(new Refused(Reason.WRONG_KEY, detail)));
            return;
        }
        switch (pack.verify(key)) {
            case Refused refused when refused.reason().identified() ->
                    refuse(pack.sequence(), thing, refused, answer);
            case Refused refused -> answer.accept(new Answer.Declined(refused));
            case VerifiedPack verified -> decide(verified, thing, sender, answer);
        }
    }

    private static Refused unknown() {
        return new Refused(Reason.UNKNOWN_THING, "no such thing is registered here");
    }

    private @Nullable VerificationKey keyFor(SignedPack pack, Thing thing) {
        if (thing.had(pack.signer())) return thing.key(pack.signer());
        return thing.gateway().filter(pack.signer()::equals).map(things::gatewayKey).orElse(null);
    }

    private void decide(VerifiedPack pack, Thing thing, Sender sender, Consumer<Answer> answer) {
        var barred = thing.bars(pack.signer(), pack.signedAt());
        if (barred != null) {
            refuse(pack.sequence(), thing, barred, answer);
            return;
        }
        if (suspensions.suspended(thing.did().value())) {
            var detail = "ask its owner or the operator of this node";
            refuse(pack.sequence(), thing, new Refused(Reason.SUSPENDED, detail), answer);
            return;
        }
        var now = clock.instant();
        var wrongRoute = wrongRoute(pack, thing, sender);
        if (wrongRoute != null) {
            refuse(pack.sequence(), thing, wrongRoute, answer);
            return;
        }
        var age = Duration.between(pack.signedAt(), now);
        var oldest = sender.gateway().isPresent() ? limits.maxDelay() : limits.clockSkew();
        if (age.compareTo(oldest) > 0 || age.negated().compareTo(limits.clockSkew()) > 0) {
            refuse(
                    pack.sequence(),
                    thing,
                    new Refused(Reason.CLOCK_SKEW, "signed at " + pack.signedAt()),
                    answer);
            return;
        }
        switch (Usage.judge(pack.properties(), thing.permissions(), now)) {
            case Usage.Denied denied -> refuse(pack.sequence(), thing, denied.refused(), answer);
            case Usage.Permitted permitted ->
                    accept(pack, thing, sender, permitted.mappings(), answer);
        }
    }

    private static @Nullable Refused wrongRoute(VerifiedPack pack, Thing thing, Sender sender) {
        if (thing.gateway().equals(sender.gateway())) return null;
        if (thing.gateway().isEmpty() && thing.had(pack.signer())) {
            return new Refused(
                    Reason.WRONG_ROUTE, "this thing connects directly, not through a gateway");
        }
        return new Refused(Reason.WRONG_ROUTE, "this thing connects through its gateway only");
    }

    private void accept(
            VerifiedPack pack,
            Thing thing,
            Sender sender,
            List<Mapping> mappings,
            Consumer<Answer> answer) {
        // Appending while the thing is held keeps the order of its records that of its sequence; it
        // only enqueues.
        synchronized (thing) {
            if (thing.bars(pack.signer(), pack.signedAt()) == null) {
                var pending = new Pending(pack, thing, sender, mappings, answer);
                var refused = fresh(pending, thing);
                if (refused == null) {
                    append(pending);
                    return;
                }
                if (refused.reason() == Reason.REPLAY) suspicion.update(pending.sighting(false));
                refuse(pack.sequence(), thing, refused, answer);
                return;
            }
        }
        // Its key or its owner changed while this was on its way.
        verify(pack.unverified(), sender, answer);
    }

    private void append(Pending pending) {
        try {
            traffic.in(Traffic.Point.R2);
            records.append(entries(pending.pack, pending.thing, pending.mappings), pending);
        } catch (SubjectForgotten gone) {
            pending.window.release(pending.pack.sequence());
            pending.answer.accept(new Answer.Declined(unknown()));
        } catch (RuntimeException failure) {
            pending.window.release(pending.pack.sequence());
            throw failure;
        }
    }

    /// An update on its way to the disk; its sequence number is kept or let go of before anybody learns which.
    private final class Pending implements Records.Told {
        private final VerifiedPack pack;
        private final Thing thing;
        private final Sender sender;
        private final List<Mapping> mappings;
        private final Consumer<Answer> answer;
        private final SequenceWindow window;

        Pending(
                VerifiedPack pack,
                Thing thing,
                Sender sender,
                List<Mapping> mappings,
                Consumer<Answer> answer) {
            this.pack = pack;
            this.thing = thing;
            this.sender = sender;
            this.mappings = mappings;
            this.answer = answer;
            this.window = thing.window(pack.signer());
        }

        @Override
        public void durable(Receipt receipt) {
            window.keep(pack.sequence());
            apply(pack, mappings, receipt.firstIndex());
            answer.accept(new Answer.Acknowledged(receipt.firstIndex()));
            suspicion.update(sighting(true));
        }

        Suspicion.Update sighting(boolean fresh) {
            return new Suspicion.Update(
                    thing.did().value(), thing.owner(), pack, sender.place(), fresh);
        }

        @Override
        public void failed(Throwable failure) {
            window.release(pack.sequence());
            answer.accept(new Answer.Declined(unstored(failure)));
        }
    }

    private @Nullable Refused fresh(Pending pending, Thing thing) {
        long sequence = pending.pack.sequence();
        if (!thing.mayUpdate(limits.perSecond(), clock.millis())) {
            return new Refused(
                    Reason.RATE_LIMITED,
                    "more than " + (long) limits.perSecond() + " updates a second");
        }
        return switch (pending.window.reserve(sequence)) {
            case ACCEPTED -> null;
            case REPLAY ->
                    new Refused(Reason.REPLAY, "sequence number " + sequence + " was used before");
            case STALE ->
                    new Refused(
                            Reason.STALE_SEQUENCE,
                            "sequence number "
                                    + sequence
                                    + " lies too far below "
                                    + pending.window.state().highest());
        };
    }

    private List<Entry> entries(VerifiedPack pack, Thing thing, List<Mapping> mappings) {
        var assurance = thing.had(pack.signer()) ? Assurance.THING : Assurance.GATEWAY;
        var did = thing.did().value();
        var entries = new ArrayList<Entry>(1 + mappings.size());
        entries.add(
                new Entry(
                        Record.Kind.RECEIVED,
                        assurance,
                        thing.owner(),
                        pack.signer().value(),
                        did,
                        pack.raw()));
        for (var mapping : mappings) {
            if (!mapping.platform().equals(platform)) continue;
            var details = "{\"mapping\":\"" + mapping.id() + "\",\"back\":" + entries.size() + "}";
            entries.add(
                    new Entry(
                            Record.Kind.APPLIED,
                            assurance,
                            mapping.owner(),
                            did,
                            mapping.avatar(),
                            Bytes.unsafe(details.getBytes(StandardCharsets.UTF_8))));
        }
        return entries;
    }

    private void apply(VerifiedPack pack, List<Mapping> mappings, long received) {
        long record = received;
        for (var mapping : mappings) {
            if (mapping.platform().equals(platform))
                avatars.apply(mapping, pack.readings(), ++record);
        }
    }

    private static Refused unstored(Throwable failure) {
        return failure instanceof StorageFull
                ? new Refused(Reason.STORAGE_FULL, "no room for another record; try again later")
                : new Refused(
                        Reason.UNAVAILABLE, "the record could not be written; try again later");
    }

    /// The thing is known, so the refusal goes on the record before the sender learns of it.
    private void refuse(long sequence, Thing thing, Refused refused, Consumer<Answer> answer) {
        boolean recorded;
        synchronized (thing) {
            recorded = thing.mayRecordRefusal(clock.millis());
        }
        var details = Details.refused(refused, sequence);
        var did = thing.did().value();
        CompletableFuture<?> done =
                recorded
                        ? records.append(
                                List.of(
                                        new Entry(
                                                Record.Kind.REFUSED,
                                                Assurance.NONE,
                                                thing.owner(),
                                                platform,
                                                did,
                                                details)))
                        : records.flushed();
        done.whenComplete((receipt, failure) -> answer.accept(new Answer.Declined(refused)));
    }
}
