// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import java.util.Map;

/// What the demo found; its JSON form is what `--report` writes.
record Report(
        int things,
        Updates updates,
        Map<String, PlatformReport> platforms,
        TamperingReport tampering,
        AckMillis ackMillis,
        Map<String, Boolean> checks) {

    record Updates(long sent, long acknowledged, long lost, Map<String, Long> refused) {}

    record PlatformReport(int avatars, long applied, long records, String root, boolean verified) {}

    record TamperingReport(int tried, int caught) {}

    record AckMillis(double p50, double p99) {}

    boolean everythingHolds() {
        return checks.values().stream().allMatch(holds -> holds);
    }
}
