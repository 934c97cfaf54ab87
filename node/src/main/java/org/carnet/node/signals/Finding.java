// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.node.points.Suspicion.Party;

import java.util.List;

/// What one rule found about one party.
///
/// @param score from 0, nothing, to 1, certain
/// @param reasons what was seen, a sentence each
record Finding(Party party, Rule rule, double score, List<String> reasons) {
    Finding {
        if (!(score >= 0 && score <= 1))
            throw new IllegalArgumentException("a score lies from 0 to 1");
        reasons = List.copyOf(reasons);
    }
}
