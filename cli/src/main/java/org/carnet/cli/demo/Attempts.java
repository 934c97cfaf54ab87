// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import java.util.Map;

/// What came of everything that is tried while the watches are worn.
///
/// @param replay how an old pack was answered, sent once more
/// @param forgery how a pack with a forged signature was answered
/// @param expired how a pack was answered whose mapping had expired
/// @param forgotten what became of the guest who was forgotten
/// @param ownership what became of the watch that changed hands
record Attempts(
        String replay,
        String forgery,
        String expired,
        Tampering tampering,
        Forgotten forgotten,
        Ownership ownership) {
    /// The refusals that this provokes.
    static final Map<String, Long> EXPECTED =
            Map.of("replay", 1L, "bad-signature", 1L, "mapping-expired", 1L);
}
