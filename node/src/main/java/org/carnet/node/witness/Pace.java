// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often one address may ask, and no memory that grows with the number of addresses.
final class Pace {
    private static final int MOST_REMEMBERED = 4096;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final int perSecond;
    private final InstantSource clock;
    private final Map<InetAddress, Window> windows =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<InetAddress, Window> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    private record Window(Instant since, int count) {}

    Pace(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    synchronized boolean permits(InetAddress who) {
        var now = clock.instant();
        var window = windows.get(who);
        if (window == null || !now.isBefore(window.since().plus(SECOND))) {
            window = new Window(now, 0);
        }
        windows.put(who, new Window(window.since(), window.count() + 1));
        return window.count() < perSecond;
    }
}
