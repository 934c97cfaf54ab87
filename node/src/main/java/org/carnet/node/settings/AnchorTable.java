// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The settings of the anchor on an EVM chain: given together or not at all.
final class AnchorTable {
    static final Setting<URI> RPC =
            new Setting<>(
                    "anchor.rpc",
                    "",
                    "an https URL, or an http URL on loopback",
                    "The JSON-RPC endpoint of an EVM chain, where checkpoints are anchored; without"
                            + " it none are.",
                    SettingTable::peer);
    static final Setting<Long> CHAIN =
            new Setting<>(
                    "anchor.chain",
                    "",
                    "the number of a chain",
                    "Which chain that must be (EIP-155).",
                    text -> {
                        long number = Long.parseLong(text);
                        SettingTable.require(number > 0);
                        return number;
                    });
    static final Setting<String> CONTRACT =
            new Setting<>(
                    "anchor.contract",
                    "",
                    "0x and 40 hexadecimal digits",
                    "The contract that keeps the anchors: `carnet anchor deploy` makes one.",
                    SettingTable.matching("0x[0-9a-fA-F]{40}"));
    static final Setting<Path> KEY =
            new Setting<>(
                    "anchor.key",
                    "",
                    "a file that only the node's user can read",
                    "The private key of the account that pays: `carnet anchor account` makes one.",
                    Path::of);
    static final Setting<Duration> INTERVAL =
            new Setting<>(
                    "anchor.interval",
                    "PT1H",
                    "a duration of ISO 8601, such as PT1H",
                    "How often a log that has grown is anchored.",
                    SettingTable::duration);
    static final Setting<Integer> CONFIRMATIONS =
            new Setting<>(
                    "anchor.confirmations",
                    "12",
                    "a number from 1 to 10000",
                    "How many blocks deep an anchor must lie before it counts.",
                    SettingTable.number(1, 10_000));
    static final Setting<Integer> MOST =
            new Setting<>(
                    "anchor.max-gwei",
                    "200",
                    "a number from 1 to 1000000",
                    "What a unit of gas may cost at most; the node waits while the chain asks"
                            + " more.",
                    SettingTable.number(1, 1_000_000));

    static final List<Setting<?>> ALL =
            List.of(RPC, CHAIN, CONTRACT, KEY, INTERVAL, CONFIRMATIONS, MOST);

    private AnchorTable() {}

    static Optional<Settings.Anchor> in(Map<String, String> given) {
        boolean none =
                Stream.of(RPC, CHAIN, CONTRACT, KEY)
                        .allMatch(setting -> setting.optionalIn(given).isEmpty());
        if (none) return Optional.empty();
        return Optional.of(
                new Settings.Anchor(
                        RPC.in(given),
                        CHAIN.in(given),
                        CONTRACT.in(given),
                        KEY.in(given),
                        INTERVAL.in(given),
                        CONFIRMATIONS.in(given),
                        MOST.in(given)));
    }
}
