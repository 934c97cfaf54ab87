// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.cli.demo.Receipts.Update;
import org.carnet.client.NodeClient;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads back what platforms have, to compare it with what was acknowledged.
final class Reckoning {
    private static final int PAGE = 500;

    private Reckoning() {}

    /// How many acknowledged updates are lost: not on the record of every platform that they were to reach, or there and
    /// yet not applied to the avatar.
    ///
    /// @param avatars the avatar of each thing at the last of the platforms
    static long lost(Receipts receipts, Map<String, String> avatars, List<NodeClient> platforms)
            throws IOException {
        var arrived = receipts.acknowledged();
        for (var platform : platforms) arrived.retainAll(received(platform, 0));
        long acknowledged = receipts.acknowledged().size();
        long lost = acknowledged - arrived.size();
        var applied = applied(platforms.getLast());
        for (var avatar : avatars.entrySet()) {
            var recorded =
                    arrived.stream()
                            .filter(update -> update.thing().equals(avatar.getKey()))
                            .count();
            lost += Math.max(0, recorded - applied.getOrDefault(avatar.getValue(), 0L));
        }
        return lost;
    }

    /// The updates that are on a platform's record as received and can be read, from a record on.
    static Set<Update> received(NodeClient platform, long from) throws IOException {
        var updates = new HashSet<Update>();
        var before = Long.MAX_VALUE;
        while (before > from) {
            var page =
                    platform.get(
                            "api/records?kind=received&limit=%d&before=%d".formatted(PAGE, before));
            for (var record : page.path("records")) {
                var details = record.path("details");
                if (details.isMissingNode()) continue;
                updates.add(
                        new Update(
                                details.path("thing").asString(),
                                details.path("sequence").asLong()));
            }
            before = page.path("next").asLong(0);
        }
        return updates;
    }

    /// How many updates each avatar of a platform was changed by.
    static Map<String, Long> applied(NodeClient platform) throws IOException {
        var applied = new HashMap<String, Long>();
        for (var avatar : platform.get("api/avatars")) {
            applied.put(avatar.path("id").asString(), avatar.path("applied").asLong());
        }
        return applied;
    }

    /// How many of all updates changed these avatars.
    static long applied(NodeClient platform, Collection<String> avatars) throws IOException {
        var applied = applied(platform);
        return avatars.stream().mapToLong(avatar -> applied.getOrDefault(avatar, 0L)).sum();
    }

    /// Whether each of these avatars has been changed.
    static boolean areMoved(NodeClient platform, Collection<String> avatars) throws IOException {
        var applied = applied(platform);
        return avatars.stream().allMatch(avatar -> applied.getOrDefault(avatar, 0L) > 0);
    }

    static long totalApplied(NodeClient platform) throws IOException {
        return applied(platform).values().stream().mapToLong(Long::longValue).sum();
    }

    /// All properties that some avatars of a platform have values of.
    static Set<String> properties(NodeClient platform, Collection<String> avatars)
            throws IOException {
        var properties = new HashSet<String>();
        for (var avatar : avatars) {
            properties.addAll(
                    platform.get("avatars/%s/properties".formatted(avatar)).propertyNames());
        }
        return properties;
    }
}
