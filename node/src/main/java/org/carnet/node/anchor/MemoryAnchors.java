// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import java.util.ArrayList;
import java.util.List;

/// Anchors for as long as one command runs.
final class MemoryAnchors implements AnchorStore {
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Anchored> confirmed = new ArrayList<>();

    @Override
    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    @Override
    public void keep(Attempt attempt) {
        attempts.add(attempt);
    }

    @Override
    public void confirmed(Anchored anchored) {
        confirmed.add(anchored);
        attempts.clear();
    }

    @Override
    public void giveUp() {
        attempts.clear();
    }

    @Override
    public List<Anchored> newest(long below, int limit) {
        return confirmed.reversed().stream()
                .filter(anchored -> anchored.checkpoint().size() < below)
                .limit(limit)
                .toList();
    }
}
