// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import java.util.Optional;
import java.util.Set;

/// A property that no thing sends: the things agent computes it from others, so that less leaves the platform.
public enum Derived {
    /// How strongly somebody moves, in m/s2: the standard deviation of the magnitude of acceleration over a period.
    ACTIVITY_INTENSITY(
            "activity-intensity",
            "m/s2",
            Set.of("acceleration-x", "acceleration-y", "acceleration-z"));

    private final String property;
    private final String unit;
    private final Set<String> sources;

    Derived(String property, String unit, Set<String> sources) {
        this.property = property;
        this.unit = unit;
        this.sources = sources;
    }

    public String property() {
        return property;
    }

    public String unit() {
        return unit;
    }

    /// The properties it is computed from.
    public Set<String> sources() {
        return sources;
    }

    public static Optional<Derived> named(String property) {
        return property.equals(ACTIVITY_INTENSITY.property)
                ? Optional.of(ACTIVITY_INTENSITY)
                : Optional.empty();
    }
}
