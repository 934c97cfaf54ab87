// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.access.Caller;
import org.carnet.node.points.AvatarReads.View;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.points.Traffic;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// Puts every reading of an avatar on the record before the reader gets an answer.
final class ReadRecords {
    private final Records records;
    private final Traffic traffic;

    ReadRecords(Records records, Traffic traffic) {
        this.records = records;
        this.traffic = traffic;
    }

    void read(Caller reader, View view, JsonNode what) {
        traffic.in(Traffic.Point.R4);
        var details = Bytes.unsafe(JsonMapper.shared().writeValueAsBytes(what));
        records.append(
                        List.of(
                                new Entry(
                                        Record.Kind.READ,
                                        Assurance.NONE,
                                        view.owner(),
                                        reader.id(),
                                        view.avatar(),
                                        details)))
                .join();
        traffic.out(Traffic.Point.R4);
    }

    /// Counts a change sent to a follower, whose following is on the record already.
    void told() {
        traffic.out(Traffic.Point.R4);
    }
}
