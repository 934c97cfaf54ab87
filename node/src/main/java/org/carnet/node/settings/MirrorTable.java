// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of mirrors: whose logs this node mirrors, and who mirrors its own.
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

    private MirrorTable() {}

    static Settings.Mirror in(Map<String, String> given) {
        return new Settings.Mirror(
                LOGS.optionalIn(given), QUOTA.in(given), AT.optionalIn(given).orElse(Set.of()));
    }
}
