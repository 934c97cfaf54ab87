// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import java.util.Map;

/// What came of everything that must not work.
///
/// @param refusals the refusals that were provoked, by reason
record Attempts(String replay, String forgery, String expired, Tampering tampering) {
    static final Map<String, Long> EXPECTED =
            Map.of("replay", 1L, "bad-signature", 1L, "mapping-expired", 1L);
}
