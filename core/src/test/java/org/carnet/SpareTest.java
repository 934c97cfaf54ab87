// SPDX-License-Identifier: Apache-2.0
package org.carnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;

class SpareTest {
    private final Spare<Object> spare = new Spare<>(Object::new);

    @Test
    void whatIsTakenBelongsToNobodyElse() {
        var first = spare.take();
        assertThat(spare.take()).isNotSameAs(first);
    }

    @Test
    void whatIsPutBackIsTakenAgainOnce() {
        var first = spare.take();
        spare.putBack(first);
        assertThat(spare.take()).isSameAs(first);
        assertThat(spare.take()).isNotSameAs(first);
    }

    @Test
    void clearingHandsOverWhatIsKeptAndKeepsNothing() {
        var first = spare.take();
        spare.putBack(first);
        var cleared = new ArrayList<>();
        spare.clear(cleared::add);
        assertThat(cleared).containsExactly(first);
        assertThat(spare.take()).isNotSameAs(first);
    }
}
