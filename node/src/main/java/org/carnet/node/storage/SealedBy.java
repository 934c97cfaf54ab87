// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.node.points.Erasure.ErasedKey;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What keys have sealed, found by reading the whole journal once: it is asked for when data is forgotten, and never
/// on the way of an update.
final class SealedBy {
    private long first = -1;
    private long last = -1;
    private long records;

    private SealedBy() {}

    /// @param keys of each of several subjects
    static List<List<ErasedKey>> find(Ledger ledger, List<List<SubjectKey>> keys)
            throws IOException {
        Map<Long, SealedBy> found = new HashMap<>();
        for (var own : keys) for (var key : own) found.put(key.id(), new SealedBy());
        if (found.isEmpty()) return keys.stream().map(own -> List.<ErasedKey>of()).toList();
        ledger.eachSealed(
                (index, record) -> {
                    var by = found.get(Seal.keyId(record.sealed()));
                    if (by != null) by.add(index);
                });
        return keys.stream().map(own -> told(own, found)).toList();
    }

    private static List<ErasedKey> told(List<SubjectKey> keys, Map<Long, SealedBy> found) {
        return keys.stream()
                .map(key -> Objects.requireNonNull(found.get(key.id())).told(key))
                .toList();
    }

    private void add(long index) {
        if (first < 0) first = index;
        last = index;
        records++;
    }

    private ErasedKey told(SubjectKey key) {
        return new ErasedKey(key.id(), key.from(), key.until(), first, last, records);
    }
}
