// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.avatars;

import org.carnet.Bytes;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Recorded;
import org.carnet.log.Record;
import org.carnet.node.points.AvatarReads;
import org.carnet.node.points.AvatarUpdates;
import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.Records;
import org.carnet.node.points.Restorable;
import org.carnet.node.points.Snapshots;
import org.carnet.node.points.Traffic;
import org.carnet.policy.Mapping;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// All avatars of this platform: their state lives in memory and is rebuilt from a snapshot and the record.
public final class Avatars implements AvatarUpdates, AvatarReads, Restorable, Forgets {
    private static final String SNAPSHOT = "avatars";

    private final Map<String, Avatar> avatars = new ConcurrentHashMap<>();
    private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Records records;
    private final Snapshots snapshots;
    private final Traffic traffic;
    private final int history;
    private volatile long lastRecord = -1;
    private volatile @Nullable Received received;

    /// @param history how many readings of each property are kept
    public Avatars(Records records, Snapshots snapshots, Traffic traffic, int history) {
        this.records = records;
        this.snapshots = snapshots;
        this.traffic = traffic;
        this.history = history;
    }

    private record Subscriber(Optional<String> avatar, Consumer<Change> consumer) {
        boolean wants(String changed) {
            return avatar.isEmpty() || avatar.get().equals(changed);
        }
    }

    /// The `received` record that the `applied` records after it refer to.
    private record Received(long index, Bytes raw) {}

    @Override
    public void mapped(Mapping mapping) {
        mappings.put(mapping.id(), mapping);
        avatars.computeIfAbsent(mapping.avatar(), id -> new Avatar(id, mapping.owner(), history));
    }

    @Override
    public void apply(Mapping mapping, List<Reading> readings, long record) {
        traffic.out(Traffic.Point.R1);
        var avatar = avatars.get(mapping.avatar());
        if (avatar == null) return; // it was forgotten
        var passed = avatar.apply(mapping, readings, record);
        lastRecord = record;
        if (passed.isEmpty() || subscribers.isEmpty()) return;
        var change = new Change(mapping.avatar(), passed, record);
        for (var subscriber : subscribers) {
            if (subscriber.wants(change.avatar())) subscriber.consumer().accept(change);
        }
    }

    @Override
    public String place() {
        return "the avatars' states and histories";
    }

    @Override
    public Stage stage() {
        return Stage.MEMORY;
    }

    @Override
    public Outcome forget(Erasure erasure) {
        received = null;
        var own =
                avatars.entrySet().stream()
                        .filter(entry -> entry.getValue().owner().equals(erasure.subject()))
                        .toList();
        for (var entry : own) {
            entry.getValue().forget(erasure::covers);
            if (erasure.whole()) avatars.remove(entry.getKey());
        }
        if (erasure.whole()) {
            mappings.values().removeIf(mapping -> mapping.owner().equals(erasure.subject()));
        }
        return new Reached(
                own.size() + (erasure.whole() ? " avatars removed" : " avatars without that time"));
    }

    @Override
    public List<String> avatars() {
        return avatars.keySet().stream().sorted().toList();
    }

    @Override
    public Optional<View> view(String avatar) {
        return Optional.ofNullable(avatars.get(avatar)).map(Avatar::view);
    }

    @Override
    public List<Reading> history(
            String avatar, String property, Instant from, Instant to, int limit) {
        var known = avatars.get(avatar);
        return known == null ? List.of() : known.history(property, from, to, limit);
    }

    @Override
    public Subscription subscribe(Optional<String> avatar, Consumer<Change> consumer) {
        var subscriber = new Subscriber(avatar, consumer);
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    @Override
    public long loadSnapshot() {
        long next =
                snapshots
                        .read(
                                SNAPSHOT,
                                bytes -> {
                                    var content = ContentCodec.decode(bytes);
                                    var avatar = avatars.get(content.id());
                                    if (avatar != null) avatar.take(content);
                                })
                        .orElse(0);
        lastRecord = next - 1;
        return next;
    }

    @Override
    public void restore(long index, Record.Kind kind, Instant time, Bytes details) {
        if (kind == Record.Kind.RECEIVED) received = new Received(index, details);
        var update = received;
        if (kind != Record.Kind.APPLIED || update == null) return;
        var json = JsonMapper.shared().readTree(details.unsafeArray());
        var mapping = mappings.get(json.path("mapping").asString(""));
        if (mapping == null || update.index() != index - json.path("back").asLong()) return;
        apply(mapping, Recorded.pack(update.raw()).readings(), index);
    }

    @Override
    public void saveSnapshot() {
        long next = lastRecord + 1;
        // What was durable before is applied once this returns: the storage tells of records in
        // their order.
        records.flushed().join();
        snapshots.write(
                SNAPSHOT,
                next,
                avatars.values().stream()
                        .map(
                                avatar ->
                                        new Snapshots.Part(
                                                avatar.owner(),
                                                ContentCodec.encode(avatar.content()))));
    }
}
