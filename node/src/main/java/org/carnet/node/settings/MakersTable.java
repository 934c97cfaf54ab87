// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of devices that come to be claimed: whose devices, and in which state.
final class MakersTable {
    static final Setting<Path> AUTHORITIES =
            new Setting<>(
                    "makers.authorities",
                    "",
                    "a PEM file",
                    "The certificates of makers' authorities whose devices may be claimed, by the"
                            + " certificate that each has from its maker; without it, nobody's.",
                    Path::of);
    static final Setting<Set<String>> ISSUERS =
            new Setting<>(
                    "makers.issuers",
                    "",
                    "DIDs that start with did:key, with commas between them",
                    "The makers whose credentials vouch for devices without a certificate.",
                    MakersTable::dids);
    static final Setting<Boolean> DEBUGGING =
            new Setting<>(
                    "makers.debugging",
                    "false",
                    "true or false",
                    "Takes devices too whose debugging facilities are open, or that do not say.",
                    SettingTable::flag);
    static final Setting<Boolean> ANY_BOOT =
            new Setting<>(
                    "makers.any-boot",
                    "false",
                    "true or false",
                    "Takes devices too that do not say that they started with their maker's"
                            + " software.",
                    SettingTable::flag);

    static final List<Setting<?>> ALL = List.of(AUTHORITIES, ISSUERS, DEBUGGING, ANY_BOOT);

    private MakersTable() {}

    static Settings.Makers in(Map<String, String> given) {
        return new Settings.Makers(
                AUTHORITIES.optionalIn(given),
                ISSUERS.optionalIn(given).orElse(Set.of()),
                DEBUGGING.in(given),
                ANY_BOOT.in(given));
    }

    private static Set<String> dids(String text) {
        var dids = Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
        for (var did : dids) SettingTable.require(did.matches("did:key:z[A-Za-z0-9]{40,60}"));
        return dids;
    }
}
