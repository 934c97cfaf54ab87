// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of copies: whose logs this node mirrors, who mirrors its own, and how its disk is looked over for rot.
final class MirrorTable {
    static final Setting<Path> LOGS =
            new Setting<>(
                    "mirror.logs",
                    "",
                    "a directory of files such as agora.vkey",
                    "Whose logs this node mirrors: each file is the `log.vkey` of one.",
                    Path::of);
    static final Setting<Long> QUOTA =
            new Setting<>(
                    "mirror.quota-bytes",
                    "107374182400",
                    "a number from 0 to 2^60",
                    "How many bytes the mirror of one log may have.",
                    SettingTable::bytes);
    static final Setting<Set<String>> AT =
            new Setting<>(
                    "mirror.at",
                    "",
                    "names of peers, with commas between them",
                    "Which peers mirror this node's log.",
                    text ->
                            Arrays.stream(text.split(",", -1))
                                    .map(String::strip)
                                    .collect(Collectors.toUnmodifiableSet()));

    static final Setting<Duration> SCRUB_INTERVAL =
            new Setting<>(
                    "scrub.interval",
                    "PT24H",
                    "a duration of ISO 8601, such as PT24H",
                    "How long to rest after all records were read in search of rot on the disk.",
                    SettingTable::duration);
    static final Setting<Integer> SCRUB_SPEED =
            new Setting<>(
                    "scrub.bytes-per-second",
                    "8388608",
                    "a number from 65536 to 1073741824",
                    "How fast they are read.",
                    SettingTable.number(1 << 16, 1 << 30));

    static final List<Setting<?>> ALL = List.of(LOGS, QUOTA, AT, SCRUB_INTERVAL, SCRUB_SPEED);

    private MirrorTable() {}

    static Settings.Scrub scrub(Map<String, String> given) {
        return new Settings.Scrub(SCRUB_INTERVAL.in(given), SCRUB_SPEED.in(given));
    }

    static Settings.Mirror in(Map<String, String> given) {
        return new Settings.Mirror(
                LOGS.optionalIn(given), QUOTA.in(given), AT.optionalIn(given).orElse(Set.of()));
    }
}
