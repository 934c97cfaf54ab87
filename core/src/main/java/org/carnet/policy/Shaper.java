// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Reduces readings to what a mapping lets through: which properties, how precise, how often, which derived ones.
///
/// It remembers only what it needs to keep the period of each property. Not safe for use by several threads.
public final class Shaper {
    private final Mapping mapping;
    private final Map<String, Instant> last = new HashMap<>();
    private final @Nullable Intensity intensity;

    public Shaper(Mapping mapping) {
        this(mapping, property -> null);
    }

    /// @param last when a reading of the property passed last, or null
    public Shaper(Mapping mapping, Function<String, @Nullable Instant> last) {
        this.mapping = mapping;
        for (var property : mapping.shares().keySet()) {
            var time = last.apply(property);
            if (time != null) this.last.put(property, time);
        }
        var share = mapping.shares().get(Derived.ACTIVITY_INTENSITY.property());
        intensity = share == null ? null : new Intensity(share);
    }

    /// The readings that pass, in the order they came; derived ones stand where their period was complete.
    public List<Reading> shape(List<Reading> readings) {
        var passed = new ArrayList<Reading>(readings.size());
        for (var reading : readings) {
            if (intensity != null) intensity.add(reading, passed);
            var share = mapping.shares().get(reading.property());
            if (share != null && due(share, reading.time())) passed.add(rounded(share, reading));
        }
        return passed;
    }

    private boolean due(Share share, Instant time) {
        if (share.period().isZero()) return true;
        var previous = last.get(share.property());
        if (previous != null && time.isBefore(previous.plus(share.period()))) return false;
        last.put(share.property(), time);
        return true;
    }

    static Reading rounded(Share share, Reading reading) {
        if (share.precision() == 0 || !(reading.value() instanceof Value.Quantity quantity))
            return reading;
        var value = Math.rint(quantity.value() / share.precision()) * share.precision();
        return new Reading(
                reading.property(), reading.time(), new Value.Quantity(value), reading.unit());
    }
}
