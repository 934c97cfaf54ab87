// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ArrayNode;

class SignalsCommandTest {
    @Test
    void aFullListSaysWhereToGoOnAndAShorterOneDoesNot() {
        var list = new SignalsCommand.Show();
        assertThat(list.next(signals(100))).isEqualTo("--before 1");
        assertThat(list.next(signals(99))).isEmpty();
        assertThat(list.next(signals(0))).isEmpty();
    }

    /// So many, the newest first.
    private static ArrayNode signals(int count) {
        var signals = Json.object().putArray("signals");
        for (int id = count; id > 0; id--) signals.addObject().put("id", id);
        return signals;
    }
}
