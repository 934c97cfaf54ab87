// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Acks;
import org.carnet.node.points.Entry;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.Prunes;
import org.carnet.node.points.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Removes records that are older than they may become, to make room; that they were there stays proved.
final class Pruner {
    private static final Logger LOG = LoggerFactory.getLogger(Pruner.class);

    private final Duration keep;
    private final Prunes prunes;
    private final Records records;
    private final Acks acks;
    private final NodeIdentity node;

    /// @param keep how old records may become
    Pruner(Duration keep, Prunes prunes, Records records, Acks acks, NodeIdentity node) {
        this.keep = keep;
        this.prunes = prunes;
        this.records = records;
        this.acks = acks;
        this.node = node;
    }

    /// Removes what is old enough now, and witnessed where there are witnesses. Answers the first record that is kept
    /// since; 0 if nothing went.
    long run(Instant now) {
        if (acks.witnesses() > 0 && acks.reach(Acks.Level.WITNESSED).isEmpty()) return 0;
        var before = now.minus(keep);
        long first = prunes.prunable(before);
        if (first == 0) return 0;
        var details =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("first", first)
                        .put("before", before.toString());
        var entry =
                new Entry(
                        Record.Kind.PRUNED,
                        Assurance.NONE,
                        node.log().name(),
                        node.key().did().value(),
                        prunes.named(first),
                        Bytes.unsafe(JsonMapper.shared().writeValueAsBytes(details)));
        records.append(List.of(entry)).join();
        prunes.prune(first);
        LOG.info("the records before {} were pruned", first);
        return first;
    }
}
