// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Cuts the readings of a watch into windows of 128 samples, each half over the one before.
///
/// A sample is whole once all six quantities of one time have come; what is not whole is left out. After a gap a
/// new window begins. One thing's windows take about 7 kB.
public final class Windows {
    /// Samples of one window: 1.2 seconds of a watch that measures a hundred times a second.
    public static final int SAMPLES = 128;

    private static final List<String> AXES =
            List.of(
                    "acceleration-x",
                    "acceleration-y",
                    "acceleration-z",
                    "rotation-x",
                    "rotation-y",
                    "rotation-z");
    private static final Duration LONGEST_GAP = Duration.ofMillis(500);
    private static final int ALL = (1 << 6) - 1;

    /// Nothing on a wrist moves so fast; what claims to is cut, so that sums stay finite.
    private static final double MOST = 1000;

    private static final int LONGEST_ACTIVITY = 32;

    /// One window.
    ///
    /// @param activity what the watch said its wearer did for most of it
    public record Window(double[] features, String activity) {}

    private final double[][] axes = new double[AXES.size()][SAMPLES];
    private final String[] activities = new String[SAMPLES];
    private final double[] sample = new double[AXES.size()];
    private String activity = "";
    private @Nullable Instant time;
    private int have;
    private int filled;

    /// Takes one more reading of the thing; hands over the window that it completes, if it does.
    public void take(Reading reading, Consumer<Window> each) {
        if (reading.value() instanceof Value.Text(String text)) {
            if (reading.property().equals("activity")) {
                activity = text.length() <= LONGEST_ACTIVITY ? text : "";
            }
            return;
        }
        int axis = AXES.indexOf(reading.property());
        if (axis < 0 || !(reading.value() instanceof Value.Quantity(double value))) return;
        if (!reading.time().equals(time)) begin(reading.time());
        sample[axis] = Math.clamp(value, -MOST, MOST);
        have |= 1 << axis;
        if (have == ALL) complete(each);
    }

    private void begin(Instant next) {
        var last = time;
        if (last != null
                && (next.isBefore(last)
                        || Duration.between(last, next).compareTo(LONGEST_GAP) > 0)) {
            filled = 0;
        }
        time = next;
        have = 0;
    }

    private void complete(Consumer<Window> each) {
        have = 0;
        for (int axis = 0; axis < sample.length; axis++) axes[axis][filled] = sample[axis];
        activities[filled] = activity;
        if (++filled < SAMPLES) return;
        each.accept(new Window(Movement.features(axes), usual()));
        int half = SAMPLES / 2;
        for (var values : axes) System.arraycopy(values, half, values, 0, half);
        System.arraycopy(activities, half, activities, 0, half);
        filled = half;
    }

    private String usual() {
        Map<String, Integer> counts = new HashMap<>();
        Arrays.stream(activities).forEach(one -> counts.merge(one, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }
}
