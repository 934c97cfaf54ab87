// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

/// A token bucket: so many acts a second, with bursts of up to two seconds' worth. The caller locks.
final class RateLimit {
    private final double perSecond;
    private double tokens;
    private long refilledAt;

    RateLimit(double perSecond, long nowMillis) {
        this.perSecond = perSecond;
        this.tokens = burst();
        this.refilledAt = nowMillis;
    }

    private double burst() {
        return Math.max(1, 2 * perSecond);
    }

    boolean tryAcquire(long nowMillis) {
        if (nowMillis > refilledAt) {
            tokens = Math.min(burst(), tokens + (nowMillis - refilledAt) * perSecond / 1000);
            refilledAt = nowMillis;
        }
        if (tokens < 1) return false;
        tokens--;
        return true;
    }
}
