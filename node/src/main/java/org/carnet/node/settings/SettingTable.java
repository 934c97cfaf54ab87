// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every setting there is, once; what is read and what `docs/settings.md` says both come from here.
final class SettingTable {
    static final Setting<String> NAME =
            new Setting<>(
                    "name",
                    "carnet",
                    "a lower-case letter, then up to 31 lower-case letters, digits and hyphens",
                    "What the node is called, by people and by other nodes.",
                    matching("[a-z][a-z0-9-]{0,31}"));
    static final Setting<String> ORIGIN =
            new Setting<>(
                    "origin",
                    "carnet.local/<name>",
                    "1 to 255 visible ASCII characters without +",
                    "The origin line of the log's checkpoints, unique in the world.",
                    matching("[!-~&&[^+]]{1,255}"));
    static final Setting<Path> DATA_DIRECTORY =
            new Setting<>(
                    "data.directory",
                    ".carnet/<name>",
                    "a directory",
                    "Where the node keeps journal, log and keys.",
                    Path::of);
    static final Setting<InetAddress> HTTP_ADDRESS =
            new Setting<>(
                    "http.address",
                    "127.0.0.1",
                    "an address of this machine",
                    "Where the node listens; beyond loopback it serves TLS only.",
                    SettingTable::address);
    static final Setting<Integer> HTTP_PORT =
            new Setting<>(
                    "http.port",
                    "8400",
                    "a port from 1 to 65535, or 0 for any free one",
                    "Plain HTTP and WebSocket, on loopback only; the chosen port is written to"
                            + " `ports.json`.",
                    SettingTable::port);
    static final Setting<OptionalInt> TLS_PORT =
            new Setting<>(
                    "tls.port",
                    "off",
                    "a port from 1 to 65535, 0 for any free one, or off",
                    "The same over TLS 1.3; required beyond loopback.",
                    SettingTable::portOrOff);
    static final Setting<Path> TLS_CERTIFICATE =
            new Setting<>(
                    "tls.certificate",
                    "",
                    "a PEM file with the certificate chain, the server's own first",
                    "The operator's certificate; without it the development authority issues one.",
                    Path::of);
    static final Setting<Path> TLS_KEY =
            new Setting<>(
                    "tls.key",
                    "",
                    "a PEM file with the private key in PKCS #8",
                    "The key of the operator's certificate.",
                    Path::of);
    static final Setting<Path> TLS_AUTHORITY =
            new Setting<>(
                    "tls.authority",
                    ".carnet/authority",
                    "a directory",
                    "The development authority, created when first needed; nodes that name the same"
                            + " directory trust one another.",
                    Path::of);
    static final Setting<OptionalInt> MQTT_PORT =
            new Setting<>(
                    "mqtt.port",
                    "1883",
                    "a port from 1 to 65535, 0 for any free one, or off",
                    "MQTT 5, on the address of HTTP; beyond loopback over TLS.",
                    SettingTable::portOrOff);
    static final Setting<Boolean> MQTT_TLS =
            new Setting<>(
                    "mqtt.tls",
                    "false",
                    "true or false",
                    "TLS for MQTT on loopback too.",
                    SettingTable::flag);
    static final Setting<String> DATABASE_URL =
            new Setting<>(
                    "database.url",
                    "embedded",
                    "embedded, or a URL that starts with jdbc:postgresql:",
                    "The PostgreSQL: one that the node runs itself, or yours.",
                    matching("embedded|jdbc:postgresql:.+"));
    static final Setting<Path> DATABASE_DIRECTORY =
            new Setting<>(
                    "database.directory",
                    "<data.directory>.database",
                    "a directory outside data.directory",
                    "Where the embedded PostgreSQL keeps its files: never with the data, so that no"
                            + " copy of one opens the other.",
                    Path::of);
    static final Setting<String> DATABASE_USER =
            new Setting<>(
                    "database.user",
                    "",
                    "a user name",
                    "The user of your PostgreSQL.",
                    text -> text);
    static final Setting<String> DATABASE_PASSWORD =
            new Setting<>("database.password", "", "a password", "Its password.", text -> text);
    static final Setting<Duration> CLOCK_SKEW =
            new Setting<>(
                    "updates.clock-skew",
                    "PT5M",
                    "a duration of ISO 8601, such as PT5M",
                    "How far an update's time may be from the node's.",
                    SettingTable::duration);
    static final Setting<Integer> MAX_BYTES =
            new Setting<>(
                    "updates.max-bytes",
                    "65536",
                    "a number from 256 to 65536",
                    "The longest signed update that is read.",
                    number(256, 65_536));
    static final Setting<Integer> RATE =
            new Setting<>(
                    "updates.rate",
                    "1000",
                    "a number from 1 to 1000000",
                    "Updates per second that one thing may send.",
                    number(1, 1_000_000));
    static final Setting<Integer> IN_FLIGHT =
            new Setting<>(
                    "updates.in-flight",
                    "1024",
                    "a number from 1 to 65535",
                    "Updates that one stream may have open before it is read no further.",
                    number(1, 65_535));
    static final Setting<Integer> HISTORY =
            new Setting<>(
                    "avatars.history",
                    "6000",
                    "a number from 1 to 1000000",
                    "Readings of each property that an avatar remembers.",
                    number(1, 1_000_000));
    static final Setting<Duration> CHECKPOINT_INTERVAL =
            new Setting<>(
                    "storage.checkpoint-interval",
                    "PT1S",
                    "a duration of ISO 8601, such as PT1S",
                    "How often a log that has grown is signed.",
                    SettingTable::duration);
    static final Setting<Integer> SEGMENT_BYTES =
            new Setting<>(
                    "storage.segment-bytes",
                    "67108864",
                    "a number from 1048576 to 1073741824",
                    "The length of a journal file, allocated ahead.",
                    number(1 << 20, 1 << 30));
    static final Setting<URI> PEER =
            new Setting<>(
                    "peers.<peer>",
                    "",
                    "an https URL, or an http URL on loopback",
                    "The address of another platform, to which mappings may forward.",
                    SettingTable::peer);
    static final Setting<Path> PEER_AUTHORITY =
            new Setting<>(
                    "peers.<peer>.authority",
                    "",
                    "a PEM file",
                    "Whose certificates to trust for it; without it, those that Java trusts.",
                    Path::of);

    static final Setting<String> BACKUP_TARGET =
            new Setting<>(
                    "backup.target",
                    "",
                    "directory:PATH, or peer:NAME of a peer that has this node as its guest",
                    "Where backups go; without it there are none.",
                    matching("directory:.+|peer:[a-z][a-z0-9-]{0,31}"));
    static final Setting<Path> BACKUP_KEY =
            new Setting<>(
                    "backup.key",
                    "",
                    "a file that './carnet backup key' made",
                    "What seals backups; keep a copy of it away from this node.",
                    Path::of);
    static final Setting<Duration> BACKUP_INTERVAL =
            new Setting<>(
                    "backup.interval",
                    "PT15M",
                    "a duration of ISO 8601, such as PT15M",
                    "How often a log that has grown is backed up.",
                    SettingTable::duration);
    static final Setting<Set<DidKey>> HOSTING_GUESTS =
            new Setting<>(
                    "hosting.guests",
                    "",
                    "identifiers did:key:z…, with commas between them",
                    "For whom this node keeps sealed objects; './carnet backup key' tells a guest"
                            + " its identifier.",
                    SettingTable::identifiers);
    static final Setting<Long> HOSTING_QUOTA =
            new Setting<>(
                    "hosting.quota-bytes",
                    "10737418240",
                    "a number from 0 to 2^60",
                    "How many bytes each guest may keep.",
                    SettingTable::bytes);

    static final Setting<String> DID_HOST =
            new Setting<>(
                    "did.host",
                    "",
                    "a host name, with a colon and the port if it is not 443",
                    "Where this node publishes its did:webvh, over TLS: other platforms ask there"
                            + " who it is, and send their requests there. It stands in the DID, so"
                            + " it never changes. Without it the node is known by its key alone,"
                            + " and no platform can send it a request.",
                    matching("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})*(:[1-9][0-9]{0,4})?"));
    static final Setting<Path> POLICIES =
            new Setting<>(
                    "access.policies",
                    "<data.directory>/policies",
                    "a directory",
                    "The policies of access; those that ship are copied there if it is not there."
                            + " Edited ones are in force within seconds.",
                    Path::of);

    static final List<Setting<?>> ALL =
            Stream.<List<Setting<?>>>of(
                            List.of(
                                    NAME,
                                    ORIGIN,
                                    DATA_DIRECTORY,
                                    HTTP_ADDRESS,
                                    HTTP_PORT,
                                    TLS_PORT,
                                    TLS_CERTIFICATE,
                                    TLS_KEY,
                                    TLS_AUTHORITY,
                                    MQTT_PORT,
                                    MQTT_TLS,
                                    DATABASE_URL,
                                    DATABASE_DIRECTORY,
                                    DATABASE_USER,
                                    DATABASE_PASSWORD,
                                    CLOCK_SKEW,
                                    MAX_BYTES,
                                    RATE,
                                    IN_FLIGHT,
                                    HISTORY,
                                    CHECKPOINT_INTERVAL,
                                    SEGMENT_BYTES),
                            ForgettingTable.ALL,
                            List.of(PEER, PEER_AUTHORITY),
                            AnchorTable.ALL,
                            List.of(
                                    POLICIES,
                                    BACKUP_TARGET,
                                    BACKUP_KEY,
                                    BACKUP_INTERVAL,
                                    HOSTING_GUESTS,
                                    HOSTING_QUOTA),
                            WitnessTable.ALL,
                            MirrorTable.ALL,
                            CredentialsTable.ALL,
                            PeopleTable.ALL,
                            ProviderTable.ALL,
                            SignalsTable.ALL,
                            List.of(DID_HOST),
                            MakersTable.ALL)
                    .flatMap(List::stream)
                    .toList();

    /// Names a peer and tells whether its address or its authority is given.
    static final Pattern PEER_NAME =
            Pattern.compile("peers\\.([a-z][a-z0-9-]{0,31})(\\.authority)?");

    private SettingTable() {}

    static boolean knows(String name) {
        return PEER_NAME.matcher(name).matches()
                || ProviderTable.knows(name)
                || ALL.stream().anyMatch(setting -> setting.name().equals(name));
    }

    /// The setting that a variable of the environment gives, or null for a variable that is not of the node.
    static @Nullable String named(String variable) {
        for (var setting : ALL)
            if (variable(setting.name()).equals(variable)) return setting.name();
        var ours =
                ALL.stream()
                        .map(Setting::name)
                        .filter(name -> name.contains("."))
                        .map(name -> variable(name.substring(0, name.indexOf('.') + 1)))
                        .anyMatch(variable::startsWith);
        if (ours) {
            throw new InvalidSetting(
                    variable + " gives no setting: docs/settings.md lists them all");
        }
        return null;
    }

    private static String variable(String name) {
        return "CARNET_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /// The page `docs/settings.md`.
    static String page() {
        var rows =
                ALL.stream()
                        .map(
                                setting ->
                                        "| `%s` | %s | %s | %s |\n"
                                                .formatted(
                                                        setting.name(),
                                                        setting.usual().isEmpty()
                                                                ? ""
                                                                : "`" + setting.usual() + "`",
                                                        setting.expected(),
                                                        setting.meaning()));
        return Stream.concat(
                        Stream.of(
                                """
                                # Settings

                                A node reads one properties file (`--config FILE`) and the environment, which wins:
                                the variable of `http.port` is `CARNET_HTTP_PORT`, only peers and providers have none. A name that is not in this table, or a
                                value that is not accepted, stops the start with one sentence. Paths are relative to where the node is started.

                                | setting | usually | expected | meaning |
                                |---|---|---|---|
                                """),
                        rows)
                .collect(joining());
    }

    static Setting.Parser<String> matching(String pattern) {
        return text -> {
            require(text.matches(pattern));
            return text;
        };
    }

    static Setting.Parser<Integer> number(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            require(least <= number && number <= most);
            return number;
        };
    }

    static long bytes(String text) {
        long number = Long.parseLong(text);
        require(0 <= number && number <= 1L << 60);
        return number;
    }

    private static Set<DidKey> identifiers(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(DidKey::parse)
                .collect(toUnmodifiableSet());
    }

    private static int port(String text) {
        return number(0, 65_535).parse(text);
    }

    private static OptionalInt portOrOff(String text) {
        return text.equals("off") ? OptionalInt.empty() : OptionalInt.of(port(text));
    }

    static boolean flag(String text) {
        require(text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    static Duration duration(String text) {
        try {
            var duration = Duration.parse(text);
            require(duration.isPositive());
            return duration;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static URI peer(String text) {
        var url = URI.create(text);
        require(url.getHost() != null);
        boolean plain =
                "http".equals(url.getScheme()) && address(url.getHost()).isLoopbackAddress();
        require(plain || "https".equals(url.getScheme()));
        return url;
    }

    static void require(boolean condition) {
        if (!condition) throw new IllegalArgumentException();
    }
}
