// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.avatars;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/// The newest readings of one property, in order of time, in a ring that grows up to a bound.
///
/// Numbers take 24 bytes each, the record that brought them among these, next to one another: a reading that is added
/// touches one place in memory. Values of other kinds are kept as objects.
final class Series {
    private static final int FIRST_CAPACITY = 4;

    // What stands in the ring for each reading: microseconds, the bits of the number, the record.
    private static final int WORDS = 3;
    private static final int NUMBER = 1;
    private static final int RECORD = 2;

    private final String property;
    private final int bound;
    private String unit = "";
    private int capacity = FIRST_CAPACITY;
    private long[] ring = new long[FIRST_CAPACITY * WORDS];
    private @Nullable Value @Nullable [] others;
    private int start;
    private int size;

    Series(String property, int bound) {
        this.property = property;
        this.bound = bound;
    }

    /// @param record the index of the record that it was applied with
    void add(Reading reading, long record) {
        if (size == capacity && size < bound) grow();
        if (size == capacity) {
            start = (start + 1) % capacity;
            size--;
        }
        int position = size++;
        long micros = micros(reading.time());
        // Readings nearly always come in order; a late one moves the newer ones up.
        while (position > 0 && time(position - 1) > micros) {
            copy(position - 1, position);
            position--;
        }
        put(position, micros, reading.value(), record);
        unit = reading.unit();
    }

    private void put(int position, long micros, Value value, long record) {
        int slot = at(position);
        int word = slot * WORDS;
        ring[word] = micros;
        ring[word + RECORD] = record;
        if (value instanceof Value.Quantity quantity) {
            ring[word + NUMBER] = Double.doubleToRawLongBits(quantity.value());
            if (others != null) others[slot] = null;
        } else {
            if (others == null) others = new @Nullable Value[capacity];
            others[slot] = value;
        }
    }

    private void copy(int from, int to) {
        System.arraycopy(ring, at(from) * WORDS, ring, at(to) * WORDS, WORDS);
        if (others != null) others[at(to)] = others[at(from)];
    }

    private void grow() {
        int full = capacity;
        capacity = Math.min(bound, 2 * full);
        // Filled up and never wrapped: the ring starts at 0 until the bound is reached.
        ring = Arrays.copyOf(ring, capacity * WORDS);
        if (others != null) others = Arrays.copyOf(others, capacity);
        assert start == 0 && size == full;
    }

    private long time(int position) {
        return ring[at(position) * WORDS];
    }

    private long record(int position) {
        return ring[at(position) * WORDS + RECORD];
    }

    private int at(int position) {
        return (start + position) % capacity;
    }

    private Reading reading(int position) {
        int slot = at(position);
        var other = others == null ? null : others[slot];
        var value =
                other == null
                        ? new Value.Quantity(Double.longBitsToDouble(ring[slot * WORDS + NUMBER]))
                        : other;
        return new Reading(property, instant(time(position)), value, unit);
    }

    @Nullable Reading latest() {
        return size == 0 ? null : reading(size - 1);
    }

    /// From `from` (inclusive) to `to` (exclusive), oldest first; the newest `limit` of them.
    List<Reading> between(Instant from, Instant to, int limit) {
        long first = micros(from);
        long end = micros(to);
        var found = new ArrayDeque<Reading>();
        for (int position = size - 1; position >= 0 && found.size() < limit; position--) {
            long time = time(position);
            if (time < first) break;
            if (time < end) found.addFirst(reading(position));
        }
        return List.copyOf(found);
    }

    /// Everything kept, oldest first.
    List<Reading> all() {
        return between(Instant.MIN, Instant.MAX, Integer.MAX_VALUE);
    }

    /// The record that brought the reading at each place of [#all].
    long[] allRecords() {
        var all = new long[size];
        for (int position = 0; position < size; position++) all[position] = record(position);
        return all;
    }

    /// The same without what these records brought; nothing of it is left in memory that this holds.
    Series without(LongPredicate forgotten) {
        var left = new Series(property, bound);
        var readings = all();
        var brought = allRecords();
        for (int i = 0; i < size; i++) {
            if (!forgotten.test(brought[i])) left.add(readings.get(i), brought[i]);
        }
        return left;
    }

    boolean isEmpty() {
        return size == 0;
    }

    static long micros(Instant time) {
        long seconds =
                Math.clamp(
                        time.getEpochSecond(),
                        Long.MIN_VALUE / 2_000_000,
                        Long.MAX_VALUE / 2_000_000);
        return seconds * 1_000_000 + time.getNano() / 1000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    }
}
