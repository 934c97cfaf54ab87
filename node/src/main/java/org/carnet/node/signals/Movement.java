// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

/// What sets one window of movement apart from another: how the watch is turned, how vigorously it moves, and in which shape.
///
/// ```text
/// 0–2    mean acceleration along each axis: where down is, as the watch sees it
/// 3–9    logarithms of the standard deviation along each of six axes, and of the jerk: vigour
/// 10–15  correlations of the three accelerations, mean speed of rotation, dominant frequency, mean pitch rate: shape
/// ```
final class Movement {
    static final int FEATURES = 16;

    /// Where vigour begins, and where shape begins.
    static final int VIGOUR = 3;

    static final int SHAPE = 10;

    private static final int AXES = 6;
    private static final int MOST_CYCLES = 8;

    private Movement() {}

    /// @param axes acceleration x, y, z in m/s² and rotation x, y, z in rad/s, each as long as the window
    static double[] features(double[][] axes) {
        int length = axes[0].length;
        var force = new double[length];
        var turn = new double[length];
        for (int i = 0; i < length; i++) {
            force[i] = norm(axes[0][i], axes[1][i], axes[2][i]);
            turn[i] = norm(axes[3][i], axes[4][i], axes[5][i]);
        }
        var features = new double[FEATURES];
        int next = 0;
        for (int axis = 0; axis < 3; axis++) features[next++] = mean(axes[axis]);
        for (int axis = 0; axis < AXES; axis++) {
            features[next++] = Math.log(0.05 + deviation(axes[axis]));
        }
        features[next++] = Math.log(0.01 + jerk(force));
        features[next++] = correlation(axes[0], axes[1]);
        features[next++] = correlation(axes[0], axes[2]);
        features[next++] = correlation(axes[1], axes[2]);
        features[next++] = mean(turn);
        features[next++] = dominant(force);
        features[next] = mean(axes[4]);
        return features;
    }

    private static double norm(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) sum += value;
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) sum += (value - mean) * (value - mean);
        return Math.sqrt(sum / values.length);
    }

    private static double jerk(double[] force) {
        double sum = 0;
        for (int i = 1; i < force.length; i++) {
            double step = force[i] - force[i - 1];
            sum += step * step;
        }
        return Math.sqrt(sum / (force.length - 1));
    }

    private static double correlation(double[] one, double[] other) {
        double meanOne = mean(one);
        double meanOther = mean(other);
        double sum = 0;
        for (int i = 0; i < one.length; i++) sum += (one[i] - meanOne) * (other[i] - meanOther);
        return sum / one.length / (0.05 + deviation(one) * deviation(other));
    }

    /// The strongest of the eight lowest frequencies, in cycles of the window.
    private static double dominant(double[] values) {
        double mean = mean(values);
        double most = 0;
        int strongest = 0;
        for (int cycles = 1; cycles <= MOST_CYCLES; cycles++) {
            double cosine = 0;
            double sine = 0;
            for (int i = 0; i < values.length; i++) {
                double angle = 2 * Math.PI * cycles * i / values.length;
                cosine += (values[i] - mean) * Math.cos(angle);
                sine += (values[i] - mean) * Math.sin(angle);
            }
            double power = cosine * cosine + sine * sine;
            if (power > most) {
                most = power;
                strongest = cycles;
            }
        }
        return strongest;
    }
}
