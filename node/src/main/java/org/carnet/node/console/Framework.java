// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import org.carnet.node.points.AvatarReads;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Traffic;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The reference framework of FGMV-44 clause 8 as it stands in this node, in numbers.
final class Framework {
    private final Traffic traffic;
    private final RecordReads records;
    private final Permissions permissions;
    private final AvatarReads avatars;

    Framework(Traffic traffic, RecordReads records, Permissions permissions, AvatarReads avatars) {
        this.traffic = traffic;
        this.records = records;
        this.permissions = permissions;
        this.avatars = avatars;
    }

    /// Totals since the start of each reference point that this node serves, and what its agents hold.
    ObjectNode state() {
        var json = JsonNodeFactory.instance.objectNode();
        traffic.counts()
                .forEach(
                        (point, count) ->
                                json.putObject(point.name())
                                        .put("in", count.in())
                                        .put("out", count.out()));
        agents(json);
        return json;
    }

    void agents(ObjectNode json) {
        json.put("things", permissions.things())
                .put("avatars", avatars.avatars().size())
                .put("records", records.size());
    }
}
