// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The settings of witnessing.
final class WitnessTable {
    static final Setting<List<URI>> PEERS =
            new Setting<>(
                    "witness.peers",
                    "",
                    "https URLs, or http URLs on loopback, with commas between them",
                    "Other platforms that witness this node's log and whose logs it witnesses;"
                            + " those of `peers.<peer>` are as well.",
                    text ->
                            Arrays.stream(text.split(","))
                                    .map(String::strip)
                                    .map(WitnessTable::base)
                                    .toList());
    static final Setting<Duration> INTERVAL =
            new Setting<>(
                    "witness.interval",
                    "PT1S",
                    "a duration of ISO 8601, such as PT1S",
                    "How often the log is shown to its witnesses, and theirs are looked at.",
                    SettingTable::duration);
    static final Setting<Path> POLICY =
            new Setting<>(
                    "witness.policy",
                    "",
                    "a file as of c2sp.org/tlog-policy",
                    "Which cosignatures make a checkpoint witnessed; without it, one of any"
                            + " connected platform does.",
                    Path::of);
    static final Setting<Path> AUTHORITY =
            new Setting<>(
                    "witness.authority",
                    "",
                    "a PEM file",
                    "Whose certificates to trust for them; without it, those that Java trusts.",
                    Path::of);
    static final Setting<URI> URL =
            new Setting<>(
                    "witness.url",
                    "",
                    "an https URL, or an http URL on loopback",
                    "Where other platforms reach this node; without it, where it listens.",
                    WitnessTable::base);
    static final Setting<Settings.Announcements> ANNOUNCEMENTS =
            new Setting<>(
                    "witness.announcements",
                    "known",
                    "known, anybody or nobody",
                    "Whose announcement makes this node witness their log: that of gateways of"
                            + " things registered here, anybody's, nobody's.",
                    WitnessTable::announcements);

    static final List<Setting<?>> ALL =
            List.of(PEERS, INTERVAL, POLICY, AUTHORITY, URL, ANNOUNCEMENTS);

    private WitnessTable() {}

    static Settings.Witness in(Map<String, String> given) {
        return new Settings.Witness(
                PEERS.optionalIn(given).orElse(List.of()),
                INTERVAL.in(given),
                POLICY.optionalIn(given),
                AUTHORITY.optionalIn(given),
                URL.optionalIn(given),
                ANNOUNCEMENTS.in(given));
    }

    /// Below it paths are asked for, so it has no slash at its end.
    private static URI base(String text) {
        var url = SettingTable.peer(text.replaceFirst("/$", ""));
        SettingTable.require(url.getRawUserInfo() == null);
        SettingTable.require(url.getRawQuery() == null && url.getRawFragment() == null);
        return url;
    }

    private static Settings.Announcements announcements(String text) {
        SettingTable.require(text.matches("[a-z]+"));
        return Settings.Announcements.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
