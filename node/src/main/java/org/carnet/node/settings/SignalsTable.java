// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The settings of signals of fraud: what counts as one, and what follows.
final class SignalsTable {
    static final Setting<Integer> THINGS =
            new Setting<>(
                    "signals.things",
                    "100",
                    "a number from 0 to 100000",
                    "Of how many things the node learns how their wearer moves, each in about 0.4"
                            + " MB; no owner takes more than a quarter of them.",
                    SettingTable.number(0, 100_000));
    static final Setting<Double> STEP_UP =
            new Setting<>(
                    "signals.step-up",
                    "0.5",
                    "a number from 0 to 1",
                    "The score from which on an owner must confirm a thing, or a person sign in"
                            + " anew.",
                    SignalsTable::score);
    static final Setting<Double> SUSPEND =
            new Setting<>(
                    "signals.suspend",
                    "0.8",
                    "a number from 0 to 1",
                    "The score from which on a thing, an avatar or a platform is suspended; 1 for"
                            + " never.",
                    SignalsTable::score);
    static final Setting<Duration> CONFIRM_WITHIN =
            new Setting<>(
                    "signals.confirm-within",
                    "PT24H",
                    "a duration of ISO 8601, such as PT24H",
                    "How long an owner has to confirm a thing before it is suspended.",
                    SettingTable::duration);
    static final Setting<Integer> FASTEST =
            new Setting<>(
                    "signals.fastest",
                    "350",
                    "a number from 1 to 100000",
                    "Metres a second that nobody travels.",
                    SettingTable.number(1, 100_000));
    static final Setting<Integer> FAILURES =
            new Setting<>(
                    "signals.failures",
                    "20",
                    "a number from 1 to 1000",
                    "Failed proofs in a minute, of a party that did prove who it is, that may be a"
                            + " mistake.",
                    SettingTable.number(1, 1000));

    static final List<Setting<?>> ALL =
            List.of(THINGS, STEP_UP, SUSPEND, CONFIRM_WITHIN, FASTEST, FAILURES);

    private SignalsTable() {}

    private static double score(String text) {
        double score = Double.parseDouble(text);
        SettingTable.require(score >= 0 && score <= 1);
        return score;
    }

    static Settings.Signals in(Map<String, String> given) {
        return new Settings.Signals(
                THINGS.in(given),
                STEP_UP.in(given),
                SUSPEND.in(given),
                CONFIRM_WITHIN.in(given),
                FASTEST.in(given),
                FAILURES.in(given));
    }
}
