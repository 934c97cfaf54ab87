// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The settings of what a node forgets by itself, and in which grain it can.
final class ForgettingTable {
    static final Setting<Duration> EPOCH =
            new Setting<>(
                    "storage.key-epoch",
                    "PT24H",
                    "a duration of ISO 8601 from PT1M to PT8784H, such as PT24H",
                    "How long each data key of a subject is used: the grain in which a range of"
                            + " time is forgotten. Epochs are counted in UTC.",
                    ForgettingTable::epoch);
    static final Setting<Optional<Duration>> KEEP =
            new Setting<>(
                    "retention.keep",
                    "forever",
                    "forever, or a duration of ISO 8601 of at least PT1H, such as PT8760H",
                    "How old what is recorded of a subject may become before it is forgotten by"
                            + " itself, in whole epochs.",
                    ForgettingTable::durationOrForever);
    static final Setting<Optional<Duration>> PRUNE =
            new Setting<>(
                    "retention.prune",
                    "forever",
                    "forever, or a duration of ISO 8601 of at least PT1H, such as PT87600H",
                    "How old records may become before they are removed to make room, in whole"
                            + " journal files; the tiles stay, and with them every proof.",
                    ForgettingTable::durationOrForever);

    static final List<Setting<?>> ALL = List.of(EPOCH, KEEP, PRUNE);

    private ForgettingTable() {}

    private static Optional<Duration> durationOrForever(String text) {
        if (text.equals("forever")) return Optional.empty();
        var keep = SettingTable.duration(text);
        SettingTable.require(keep.compareTo(Duration.ofHours(1)) >= 0);
        SettingTable.require(keep.compareTo(Duration.ofDays(36_525)) <= 0);
        return Optional.of(keep);
    }

    private static Duration epoch(String text) {
        var epoch = SettingTable.duration(text);
        SettingTable.require(epoch.compareTo(Duration.ofMinutes(1)) >= 0);
        SettingTable.require(epoch.compareTo(Duration.ofDays(366)) <= 0);
        return epoch;
    }
}
