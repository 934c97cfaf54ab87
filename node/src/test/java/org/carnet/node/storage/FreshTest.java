// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.log.Record;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class FreshTest {
    private static byte[] leaf(long number) {
        return ByteBuffer.allocate(Record.LENGTH).putLong(3, number).array();
    }

    private static void add(Fresh fresh, long from, int count) {
        var records = new ArrayList<SealedRecord>();
        for (int i = 0; i < count; i++) {
            records.add(new SealedRecord(leaf(from + i), new byte[Seal.OVERHEAD]));
        }
        fresh.add(List.of(Group.completing(new CompletableFuture<>(), records)));
    }

    @Test
    void holdsTheLeavesThatWereAddedAndNoOthers() {
        var fresh = new Fresh(1000);
        assertThat(fresh.leaf(999)).isNull();
        assertThat(fresh.leaf(1000)).isNull();
        add(fresh, 1000, 3);
        add(fresh, 1003, 1);
        assertThat(fresh.leaf(999)).isNull();
        for (int i = 1000; i < 1004; i++) {
            assertThat(fresh.leaf(i)).isEqualTo(Bytes.unsafe(leaf(i)));
        }
        assertThat(fresh.leaf(1004)).isNull();
    }

    @Test
    void letsGoOfTheOldestOnceItsPlacesAreTaken() {
        var fresh = new Fresh(7);
        add(fresh, 7, Fresh.PLACES);
        assertThat(fresh.leaf(7)).isEqualTo(Bytes.unsafe(leaf(7)));
        add(fresh, 7 + Fresh.PLACES, 2);
        assertThat(fresh.leaf(8)).isNull();
        assertThat(fresh.leaf(9)).isEqualTo(Bytes.unsafe(leaf(9)));
        assertThat(fresh.leaf(8 + Fresh.PLACES)).isEqualTo(Bytes.unsafe(leaf(8 + Fresh.PLACES)));
    }
}
