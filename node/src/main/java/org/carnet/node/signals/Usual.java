// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What is usual for one wearer: mean and spread of each feature in each activity, and how features go together.
///
/// How far a window is from that is told as four distances: in all, of how the watch is turned, of vigour, of shape.
final class Usual {
    static final int DISTANCES = 4;

    /// An activity that was seen seldom counts partly as all activities together.
    private static final double WEIGHT_OF_ALL = 4;

    private static final double LEAST_SPREAD = 0.02;
    private static final double FURTHEST = 6;

    /// How much of the correlations is taken for chance, since they are learned from few windows.
    private static final double SHRINK = 0.3;

    private final Spread all;
    private final Map<String, Spread> byActivity = new HashMap<>();
    private final double[][] factor;

    private record Spread(double[] mean, double[] deviation) {}

    Usual(List<Windows.Window> learned) {
        all = spread(learned);
        Map<String, List<Windows.Window>> grouped = new HashMap<>();
        for (var window : learned) {
            grouped.computeIfAbsent(window.activity(), _ -> new java.util.ArrayList<>())
                    .add(window);
        }
        grouped.forEach((activity, windows) -> byActivity.put(activity, blended(windows)));
        factor = factor(learned.stream().map(this::standard).toList());
    }

    /// The four distances of a window from what is usual.
    float[] distances(Windows.Window window) {
        var standard = standard(window);
        var white = new double[standard.length];
        double turned = 0;
        double vigour = 0;
        double shape = 0;
        for (int i = 0; i < white.length; i++) {
            double rest = standard[i];
            for (int j = 0; j < i; j++) rest -= factor[i][j] * white[j];
            white[i] = rest / factor[i][i];
            double square = white[i] * white[i];
            if (i < Movement.VIGOUR) turned += square;
            else if (i < Movement.SHAPE) vigour += square;
            else shape += square;
        }
        return new float[] {
            (float) Math.sqrt(turned + vigour + shape),
            (float) Math.sqrt(turned),
            (float) Math.sqrt(vigour),
            (float) Math.sqrt(shape)
        };
    }

    private double[] standard(Windows.Window window) {
        var spread = Objects.requireNonNullElse(byActivity.get(window.activity()), all);
        var standard = new double[Movement.FEATURES];
        for (int i = 0; i < standard.length; i++) {
            double away = (window.features()[i] - spread.mean[i]) / spread.deviation[i];
            standard[i] = Math.clamp(away, -FURTHEST, FURTHEST);
        }
        return standard;
    }

    private static Spread spread(List<Windows.Window> windows) {
        var mean = new double[Movement.FEATURES];
        var deviation = new double[Movement.FEATURES];
        for (int i = 0; i < mean.length; i++) {
            for (var window : windows) mean[i] += window.features()[i] / windows.size();
            for (var window : windows) {
                double away = window.features()[i] - mean[i];
                deviation[i] += away * away / windows.size();
            }
            deviation[i] = Math.sqrt(deviation[i]) + LEAST_SPREAD;
        }
        return new Spread(mean, deviation);
    }

    private Spread blended(List<Windows.Window> windows) {
        var own = spread(windows);
        double weight = windows.size() / (windows.size() + WEIGHT_OF_ALL);
        var mean = new double[Movement.FEATURES];
        var deviation = new double[Movement.FEATURES];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = weight * own.mean[i] + (1 - weight) * all.mean[i];
            deviation[i] =
                    Math.sqrt(
                            weight * own.deviation[i] * own.deviation[i]
                                    + (1 - weight) * all.deviation[i] * all.deviation[i]);
        }
        return new Spread(mean, deviation);
    }

    /// The Cholesky factor of the features' shrunk covariance.
    private static double[][] factor(List<double[]> points) {
        int size = Movement.FEATURES;
        var covariance = new double[size][size];
        for (var point : points) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++)
                    covariance[i][j] += point[i] * point[j] / points.size();
            }
        }
        var factor = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest =
                        i == j ? covariance[i][i] + LEAST_SPREAD : covariance[i][j] * (1 - SHRINK);
                for (int k = 0; k < j; k++) rest -= factor[i][k] * factor[j][k];
                factor[i][j] = i == j ? Math.sqrt(Math.max(rest, 1e-3)) : rest / factor[j][j];
            }
        }
        return factor;
    }
}
