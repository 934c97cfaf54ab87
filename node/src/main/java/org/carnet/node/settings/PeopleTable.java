// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of how long people stay signed in.
final class PeopleTable {
    private static final String EXPECTED = "a duration of ISO 8601 from PT10S to P30D";

    static final Setting<Duration> IDLE =
            new Setting<>(
                    "people.idle",
                    "PT1H",
                    EXPECTED,
                    "How long a person stays signed in without doing anything.",
                    PeopleTable::bounded);
    static final Setting<Duration> LIFETIME =
            new Setting<>(
                    "people.lifetime",
                    "PT12H",
                    EXPECTED,
                    "How long a person stays signed in at most.",
                    PeopleTable::bounded);
    static final Setting<Duration> STEP_UP =
            new Setting<>(
                    "people.step-up",
                    "PT10M",
                    EXPECTED,
                    "How old a sign-in may be for dangerous acts, such as adding a passkey.",
                    PeopleTable::bounded);
    static final Setting<Duration> LINK =
            new Setting<>(
                    "people.link",
                    "PT1H",
                    EXPECTED,
                    "How long a link can be used with which an administrator lets somebody sign in"
                            + " once.",
                    PeopleTable::bounded);

    static final Setting<String> SIGN_IN =
            new Setting<>(
                    "people.sign-in",
                    "here",
                    "here, or the name of a provider of `providers.<provider>`",
                    "Where people prove who they are: here, and at every provider; or only at one"
                            + " provider, which then replaces this node's passkeys and passwords"
                            + " for everything but the enrolment of the first administrator and"
                            + " links that an administrator hands out.",
                    SettingTable.matching("[a-z][a-z0-9-]{0,31}"));

    static final List<Setting<?>> ALL = List.of(IDLE, LIFETIME, STEP_UP, LINK, SIGN_IN);

    private PeopleTable() {}

    static Settings.People in(Map<String, String> given) {
        var signIn = SIGN_IN.in(given);
        return new Settings.People(
                IDLE.in(given),
                LIFETIME.in(given),
                STEP_UP.in(given),
                LINK.in(given),
                signIn.equals("here") ? Optional.empty() : Optional.of(signIn));
    }

    private static Duration bounded(String text) {
        var duration = SettingTable.duration(text);
        SettingTable.require(duration.compareTo(Duration.ofSeconds(10)) >= 0);
        SettingTable.require(duration.compareTo(Duration.ofDays(30)) <= 0);
        return duration;
    }
}
