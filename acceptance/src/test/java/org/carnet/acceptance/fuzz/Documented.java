// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

/// Lets pass the one exception that a parser says it throws; any other is a finding.
final class Documented {
    private Documented() {}

    static void refusal(Runnable parsing) {
        try {
            parsing.run();
        } catch (IllegalArgumentException refused) {
            // as documented
        }
    }

    /// What a parser accepts is written as it was read.
    static void same(Object read, Object written) {
        if (!read.equals(written)) throw new AssertionError(read + " is written as " + written);
    }
}
