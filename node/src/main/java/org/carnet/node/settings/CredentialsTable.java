// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of credentials: how revocation travels, and whose certifications count.
final class CredentialsTable {
    static final Setting<URI> URL =
            new Setting<>(
                    "credentials.url",
                    "",
                    "an https URL, or an http URL on loopback",
                    "Where others reach this node's status lists; without it, `witness.url`, or"
                            + " where it listens. It stands in every credential, so it has to last"
                            + " as long as they do.",
                    SettingTable::peer);
    static final Setting<Duration> STATUS_TTL =
            new Setting<>(
                    "credentials.status-ttl",
                    "PT1M",
                    "a duration of ISO 8601 from PT1S to PT24H",
                    "How long a copy of a status list is used without asking again, here and by"
                        + " whoever reads this node's lists: revocation takes effect within it.",
                    text -> between(text, Duration.ofSeconds(1), Duration.ofDays(1)));
    static final Setting<Duration> STATUS_AGE =
            new Setting<>(
                    "credentials.status-age",
                    "PT15M",
                    "a duration of ISO 8601 from PT1S to P7D",
                    "How old the copy of a status list that cannot be reached may become before"
                            + " its credentials are refused.",
                    text -> between(text, Duration.ofSeconds(1), Duration.ofDays(7)));
    static final Setting<Integer> VERIFY_RATE =
            new Setting<>(
                    "credentials.verify-rate",
                    "100",
                    "a number from 1 to 100000",
                    "Credentials and presentations per second that strangers may have checked, all"
                            + " together.",
                    SettingTable.number(1, 100_000));
    static final Setting<Boolean> OPEN_ISSUER =
            new Setting<>(
                    "credentials.open-issuer",
                    "false",
                    "true or false",
                    "Lets everybody on this machine have credentials issued and revoked without"
                            + " saying who they are, as the W3C suites need it; refused on a node"
                            + " that listens beyond loopback. Never set it for a real node.",
                    SettingTable::flag);
    static final Setting<Set<String>> CERTIFIERS =
            new Setting<>(
                    "certifiers.accepted",
                    "",
                    "DIDs, with commas between them",
                    "Whose certifications of platforms this node believes; without it, nobody's.",
                    CredentialsTable::dids);

    static final List<Setting<?>> ALL =
            List.of(URL, STATUS_TTL, STATUS_AGE, VERIFY_RATE, OPEN_ISSUER, CERTIFIERS);

    private CredentialsTable() {}

    static Settings.Credentials in(Map<String, String> given) {
        return new Settings.Credentials(
                URL.optionalIn(given),
                STATUS_TTL.in(given),
                STATUS_AGE.in(given),
                VERIFY_RATE.in(given),
                OPEN_ISSUER.in(given),
                CERTIFIERS.optionalIn(given).orElse(Set.of()));
    }

    private static Duration between(String text, Duration least, Duration most) {
        var duration = SettingTable.duration(text);
        SettingTable.require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
        return duration;
    }

    private static Set<String> dids(String text) {
        var dids = Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
        for (var did : dids)
            SettingTable.require(did.matches("did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,500}"));
        return dids;
    }
}
