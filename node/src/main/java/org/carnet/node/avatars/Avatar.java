// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.avatars;

import org.carnet.envelope.Reading;
import org.carnet.node.points.AvatarReads.View;
import org.carnet.policy.Mapping;
import org.carnet.policy.Shaper;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/// The state of one avatar: the newest readings of each property that its mappings let through.
///
/// Each method holds the avatar's monitor for a few microseconds at most.
final class Avatar {
    private final String id;
    private final String owner;
    private final int bound;
    private final Map<String, Series> series = new HashMap<>(8);
    private final Map<String, Shaper> shapers = new HashMap<>(2);
    private long applied;
    private long lastRecord = -1;

    Avatar(String id, String owner, int bound) {
        this.id = id;
        this.owner = owner;
        this.bound = bound;
    }

    String owner() {
        return owner;
    }

    /// Answers what the mapping let through; nothing if the record was applied before.
    synchronized List<Reading> apply(Mapping mapping, List<Reading> readings, long record) {
        if (record <= lastRecord) return List.of();
        var shaper = shapers.get(mapping.id());
        if (shaper == null) {
            shaper = new Shaper(mapping, this::lastTime);
            shapers.put(mapping.id(), shaper);
        }
        var shaped = shaper.shape(readings);
        for (var reading : shaped) seriesOf(reading.property()).add(reading, record);
        applied++;
        lastRecord = record;
        return shaped;
    }

    private java.time.@Nullable Instant lastTime(String property) {
        var known = series.get(property);
        var latest = known == null ? null : known.latest();
        return latest == null ? null : latest.time();
    }

    private Series seriesOf(String property) {
        return series.computeIfAbsent(property, name -> new Series(name, bound));
    }

    synchronized View view() {
        var latest = new TreeMap<String, Reading>();
        series.forEach(
                (property, known) -> {
                    var reading = known.latest();
                    if (reading != null) latest.put(property, reading);
                });
        return new View(id, owner, latest, applied, lastRecord);
    }

    synchronized List<Reading> history(
            String property, java.time.Instant from, java.time.Instant to, int limit) {
        var known = series.get(property);
        return known == null ? List.of() : known.between(from, to, limit);
    }

    /// What a snapshot keeps.
    synchronized Content content() {
        var kept = new ArrayList<Kept>();
        for (var known : series.values()) {
            var records = known.allRecords();
            var readings = known.all();
            for (int i = 0; i < records.length; i++) {
                kept.add(new Kept(readings.get(i), records[i]));
            }
        }
        return new Content(id, applied, lastRecord, kept);
    }

    record Content(String id, long applied, long lastRecord, List<Kept> readings) {}

    /// A reading, and the record that it was applied with.
    record Kept(Reading reading, long record) {}

    /// Forgets what these records brought.
    synchronized void forget(LongPredicate forgotten) {
        series.replaceAll((property, known) -> known.without(forgotten));
        series.values().removeIf(Series::isEmpty);
        shapers.clear();
    }

    /// Takes the state that a snapshot kept.
    synchronized void take(Content content) {
        applied = content.applied();
        lastRecord = content.lastRecord();
        for (var kept : content.readings()) {
            seriesOf(kept.reading().property()).add(kept.reading(), kept.record());
        }
    }
}
