// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.log.Record;
import org.carnet.node.points.RecordReads;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Finds decisions on the record, the newest first.
final class DecisionBook {
    private static final int MOST_SEARCHED = 200_000;

    private final Supplier<RecordReads> records;

    DecisionBook(Supplier<RecordReads> records) {
        this.records = records;
    }

    /// Some decisions, and from where to go on if there may be more.
    record Page(List<ObjectNode> decisions, Optional<Long> next) {}

    Page list(Optional<Long> before, int limit, Predicate<ObjectNode> wanted) {
        var reads = records.get();
        long end = Math.clamp(before.orElse(reads.size()), 0, reads.size());
        var found = new ArrayList<ObjectNode>();
        long index = end;
        while (index > reads.first() && found.size() < limit && end - index < MOST_SEARCHED) {
            read(--index).filter(wanted).ifPresent(found::add);
        }
        return new Page(found, index > reads.first() ? Optional.of(index) : Optional.empty());
    }

    /// The decision with this number; empty if that record is no decision, was pruned, or its key is destroyed.
    Optional<ObjectNode> find(long index) {
        var reads = records.get();
        return index < reads.first() || index >= reads.size() ? Optional.empty() : read(index);
    }

    private Optional<ObjectNode> read(long index) {
        var stored = records.get().read(index);
        if (stored.record().kind() != Record.Kind.DECIDED) return Optional.empty();
        return stored.details()
                .map(details -> JsonMapper.shared().readTree(details.unsafeArray()))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .map(
                        json ->
                                JsonMapper.shared()
                                        .createObjectNode()
                                        .put("decision", index)
                                        .put("time", stored.record().time().toString())
                                        .setAll(json));
    }
}
