// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.envelope.Reading;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// R4: what external entities may learn of avatars. Whoever reads is put on the record by the entity agent first.
public interface AvatarReads {
    /// An avatar's state at one moment.
    ///
    /// @param latest the newest reading of each property
    /// @param applied how many updates were applied since the avatar exists
    /// @param lastRecord the index of the newest `applied` record; -1 before the first
    record View(
            String avatar,
            String owner,
            Map<String, Reading> latest,
            long applied,
            long lastRecord) {}

    /// One applied update.
    record Change(String avatar, List<Reading> readings, long record) {}

    /// Stops the flow of changes.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    List<String> avatars();

    Optional<View> view(String avatar);

    /// Readings from `from` (inclusive) to `to` (exclusive), oldest first; the newest `limit` of them.
    List<Reading> history(String avatar, String property, Instant from, Instant to, int limit);

    /// Hands every further change of the avatar, or of all avatars if empty, to the consumer, which must be short.
    Subscription subscribe(Optional<String> avatar, Consumer<Change> consumer);
}
