// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the pages compute from readings and proofs, without a browser.
class ConsoleScriptTest {
    /// Needs `node` of version 20 or later on the path; without it the pages are not tested, so the build fails.
    @Test
    void thePagesTellMovementAndProofsRightly() throws Exception {
        var process =
                new ProcessBuilder("node", "--test", "src/test/js/console.test.mjs")
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("# pass 7", "# fail 0", "# skipped 0");
    }
}
