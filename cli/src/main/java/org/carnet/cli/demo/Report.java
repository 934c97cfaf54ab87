// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import java.util.List;
import java.util.Map;

/// What the demo found; its JSON form is what `--report` writes.
record Report(
        int things,
        Updates updates,
        Map<String, PlatformReport> platforms,
        TamperingReport tampering,
        AckMillis ackMillis,
        ForgottenReport forgotten,
        Ownership watch,
        ForkReport fork,
        Map<String, Boolean> checks) {

    record Updates(long sent, long acknowledged, long lost, Map<String, Long> refused) {}

    /// @param witnessed how many records all of its witnesses have cosigned
    record PlatformReport(
            int avatars,
            long applied,
            long records,
            String root,
            boolean verified,
            long witnessed,
            List<String> witnesses) {}

    /// Of the updates of somebody who was forgotten: how many could be read before, and how many after.
    record ForgottenReport(long before, long after, boolean receiptVerified) {}

    /// How a forged checkpoint was answered that was signed with a copied key.
    record ForkReport(int status, boolean convicted) {}

    record TamperingReport(int tried, int caught) {}

    record AckMillis(double p50, double p99) {}

    boolean everythingHolds() {
        return checks.values().stream().allMatch(holds -> holds);
    }
}
