// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.policy.Permission;

import java.util.stream.Collectors;

/// What was delivered to other platforms is theirs to forget: the receipt names them.
final class OtherPlatforms implements Forgets {
    private final Things things;
    private final String platform;

    OtherPlatforms(Things things, String platform) {
        this.things = things;
        this.platform = platform;
    }

    @Override
    public String place() {
        return "other platforms";
    }

    @Override
    public Stage stage() {
        return Stage.OUTSIDE;
    }

    @Override
    public Outcome forget(Erasure erasure) {
        var others =
                things.allPermissions().stream()
                        .map(Permission::mapping)
                        .filter(mapping -> mapping.owner().equals(erasure.subject()))
                        .map(mapping -> mapping.platform())
                        .filter(name -> !name.equals(platform))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? new Reached("nothing was shared with any")
                : new Pending(
                        "what was delivered to " + others + " stays there until they forget it");
    }
}
