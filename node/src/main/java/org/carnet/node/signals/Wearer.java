// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import com.amazon.randomcutforest.RandomCutForest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// How one wearer of a watch moves, learned online from their own movements, and how much speaks for another wearer.
///
/// The first windows are learned and believed: a takeover before that is not noticed. From then on a random cut forest
/// (Guha et al., ICML 2016) scores how unusual each window's distances are. What exceeds this wearer's own usual
/// score adds up to the evidence, and what falls short of it takes away (a cumulative sum, Page 1954). Unusual windows
/// are not learned, so that nobody can teach the forest to take them for the owner.
public final class Wearer {
    /// Windows that are learned before any is judged: about 55 seconds of movement.
    public static final int LEARNED = 90;

    private static final int TREES = 50;
    private static final int SAMPLE = 128;
    private static final int FOLDS = 2;
    private static final double MOST_PER_WINDOW = 5;
    private static final double DRIFT = 0.2;
    private static final double MOST_EVIDENCE = 200;

    /// Beyond this, nothing is learned.
    private static final double LEARN_BELOW_SCORE = 2;

    private static final double LEARN_BELOW_EVIDENCE = 6;

    private final long seed;
    private @Nullable List<Windows.Window> learning = new ArrayList<>(LEARNED);
    private @Nullable Learned learned;
    private double evidence;

    /// What there is once enough was learned.
    private record Learned(
            Usual usual, RandomCutForest forest, double usualScore, double deviation) {}

    /// @param seed of the forest's cuts, which no sender may know
    public Wearer(long seed) {
        this.seed = seed;
    }

    /// Takes the next window and answers how much speaks for another wearer by now; 0 while it learns.
    public double take(Windows.Window window) {
        var known = learned;
        if (known == null) {
            learn(window);
            return 0;
        }
        var distances = known.usual.distances(window);
        double score =
                (known.forest.getAnomalyScore(distances) - known.usualScore) / known.deviation;
        evidence += Math.min(score, MOST_PER_WINDOW) - DRIFT;
        evidence = Math.clamp(evidence, 0, MOST_EVIDENCE);
        if (score < LEARN_BELOW_SCORE && evidence < LEARN_BELOW_EVIDENCE) {
            known.forest.update(distances);
        }
        return evidence;
    }

    /// Whether windows are judged by now.
    public boolean judges() {
        return learned != null;
    }

    private void learn(Windows.Window window) {
        var windows = learning;
        if (windows == null) return;
        windows.add(window);
        if (windows.size() < LEARNED) return;
        learning = null;
        learned = learned(windows);
    }

    /// What is usual, and which scores windows of the same wearer get that the forest has not seen.
    private Learned learned(List<Windows.Window> windows) {
        var usual = new Usual(windows);
        var points = windows.stream().map(usual::distances).toList();
        var scores = new ArrayList<Double>();
        for (int fold = 0; fold < FOLDS; fold++) {
            var forest = forest(seed + 1 + fold);
            for (int i = 0; i < points.size(); i++) {
                if (fold(i) != fold) forest.update(points.get(i));
            }
            for (int i = 0; i < points.size(); i++) {
                if (fold(i) == fold) scores.add(forest.getAnomalyScore(points.get(i)));
            }
        }
        double mean = scores.stream().mapToDouble(score -> score).average().orElseThrow();
        double variance =
                scores.stream()
                        .mapToDouble(score -> (score - mean) * (score - mean))
                        .average()
                        .orElseThrow();
        var forest = forest(seed);
        points.forEach(forest::update);
        return new Learned(usual, forest, mean, Math.sqrt(variance) + 0.05);
    }

    /// The first half of what was learned, and the second: neighbours overlap, so they stay together.
    private static int fold(int window) {
        return window * FOLDS / LEARNED;
    }

    private static RandomCutForest forest(long seed) {
        return RandomCutForest.builder()
                .dimensions(Usual.DISTANCES)
                .numberOfTrees(TREES)
                .sampleSize(SAMPLE)
                .outputAfter(1)
                .randomSeed(seed)
                .parallelExecutionEnabled(false)
                .build();
    }
}
