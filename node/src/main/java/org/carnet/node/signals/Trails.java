// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is remembered of the parties that were seen last; who has not been seen for longest is forgotten first.
final class Trails extends LinkedHashMap<String, Trail> {
    private static final long serialVersionUID = 1;

    static final int MOST = 10_000;

    Trails() {
        super(16, 0.75f, true);
    }

    Trail of(String party) {
        return computeIfAbsent(party, _ -> new Trail());
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Trail> eldest) {
        return size() > MOST;
    }
}
