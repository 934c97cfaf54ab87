// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import static java.util.stream.Collectors.toMap;

import org.carnet.identity.DidKey;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;

/// Everything an operator can decide about a node; `docs/settings.md` lists it.
///
/// Settings that exist are complete and fit together; what does not is refused with [InvalidSetting].
public record Settings(
        String name,
        String origin,
        Path dataDirectory,
        Http http,
        Tls tls,
        Mqtt mqtt,
        Database database,
        Updates updates,
        int avatarHistory,
        Storage storage,
        Witness witness,
        Retention retention,
        Map<String, Peer> peers,
        Optional<Anchor> anchor,
        Backup backup,
        Hosting hosting,
        Mirror mirror,
        Scrub scrub,
        Path policies,
        Credentials credentials,
        People people,
        Map<String, Provider> providers,
        Signals signals,
        Platforms platforms,
        Makers makers) {

    public record Http(InetAddress address, int port) {
        /// Whether only this machine can connect; otherwise nothing is served without TLS.
        public boolean loopback() {
            return address.isLoopbackAddress();
        }
    }

    public record Tls(
            OptionalInt port, Optional<Path> certificate, Optional<Path> key, Path authority) {}

    public record Mqtt(OptionalInt port, boolean tls) {}

    /// @param directory where the embedded one keeps its files
    public record Database(
            String url, Path directory, Optional<String> user, Optional<String> password) {
        public boolean embedded() {
            return url.equals("embedded");
        }

        @Override
        public String toString() {
            return "Database[" + url + "]";
        }
    }

    public record Updates(Duration clockSkew, int maxBytes, int rate, int inFlight) {}

    /// @param keyEpoch how long each data key of a subject is used
    public record Storage(Duration checkpointInterval, int segmentBytes, Duration keyEpoch) {}

    /// @param url where others reach this node, if it is not where it listens
    public record Witness(
            List<URI> peers,
            Duration interval,
            Optional<Path> policy,
            Optional<Path> authority,
            Optional<URI> url,
            Announcements announcements) {
        public Witness {
            peers = List.copyOf(peers);
        }
    }

    /// Whose announcement is heard.
    public enum Announcements {
        KNOWN,
        ANYBODY,
        NOBODY
    }

    /// @param keep how old what is recorded of a subject may become; empty for ever
    /// @param prune how old records may become before they are removed; empty for never
    public record Retention(Optional<Duration> keep, Optional<Duration> prune) {}

    public record Peer(URI url, Optional<Path> authority) {}

    /// Where checkpoints are anchored on an EVM chain; the endpoint's path may be a secret.
    ///
    /// @param mostGwei what a unit of gas may cost at most
    public record Anchor(
            URI rpc,
            long chain,
            String contract,
            Path key,
            Duration interval,
            int confirmations,
            int mostGwei) {
        @Override
        public String toString() {
            return "Anchor[" + contract + " on chain " + chain + "]";
        }
    }

    /// @param target `directory:` and a path, or `peer:` and a name; without it nothing is backed up
    public record Backup(Optional<String> target, Optional<Path> key, Duration interval) {}

    /// @param guests for whom this node keeps objects
    public record Hosting(Set<DidKey> guests, long quotaBytes) {}

    /// @param logs a directory of keys of the logs that this node mirrors
    /// @param quotaBytes of each of these mirrors
    /// @param at the peers that mirror this node's log
    public record Mirror(Optional<Path> logs, long quotaBytes, Set<String> at) {}

    /// @param url where others reach the status lists, if that is not where the node listens
    /// @param statusTtl how long a copy of a status list is used without asking again
    /// @param statusAge how old a copy may become that cannot be had anew
    /// @param verifyRate how many checks per second strangers get
    /// @param openIssuer whether everybody on this machine may have credentials issued
    /// @param certifiers whose certifications of platforms are believed
    public record Credentials(
            Optional<URI> url,
            Duration statusTtl,
            Duration statusAge,
            int verifyRate,
            boolean openIssuer,
            Set<String> certifiers) {
        public Credentials {
            certifiers = Set.copyOf(certifiers);
        }
    }

    /// @param idle how long a session lasts unused, and `lifetime` at most
    /// @param stepUp how long a sign-in is fresh enough for dangerous acts
    /// @param link how long a link for signing in can be used
    /// @param onlyAt the provider at which alone people sign in
    public record People(
            Duration idle,
            Duration lifetime,
            Duration stepUp,
            Duration link,
            Optional<String> onlyAt) {}

    /// Another platform's OpenID Provider.
    ///
    /// @param key by which settings and pages know it
    /// @param client what this node is called there, and `isPublic` whether without proof
    /// @param roles what an account is that somebody's first entry opens
    /// @param stepUp whether its word is good for dangerous acts, if it says `acr`
    /// @param audience of its access tokens that open this node's interface
    public record Provider(
            String key,
            URI issuer,
            String client,
            String label,
            boolean isPublic,
            Optional<Path> authority,
            Set<String> roles,
            boolean stepUp,
            Optional<String> acr,
            Optional<String> audience) {
        public Provider {
            roles = Set.copyOf(roles);
            if (audience.filter(client::equals).isPresent()) {
                throw new InvalidSetting(
                        "providers." + key + ".audience",
                        client,
                        "another than the client identifier, which stands in identity tokens");
            }
        }
    }

    /// @param host where the DID of this node is published; without it, its DID is its key
    public record Platforms(Optional<String> host) {}

    /// @param interval between two passes over the disk
    public record Scrub(Duration interval, int bytesPerSecond) {}

    /// Whose devices may be claimed here, and in which state.
    ///
    /// @param authorities a PEM file with the certificates of makers' authorities
    /// @param issuers the makers whose credentials count
    /// @param debugging whether debugging facilities may be open
    /// @param anyBoot whether other software than the maker's may have started
    public record Makers(
            Optional<Path> authorities, Set<String> issuers, boolean debugging, boolean anyBoot) {}

    /// What looks like fraud, and what follows from which score.
    ///
    /// @param things of how many it is learned how their wearer moves
    /// @param confirmWithin how long an owner has to confirm a thing
    /// @param fastest in metres a second
    /// @param failures proofs in a minute that may fail by mistake
    public record Signals(
            int things,
            double stepUp,
            double suspend,
            Duration confirmWithin,
            int fastest,
            int failures) {}

    public Settings {
        peers = Map.copyOf(peers);
        providers = Map.copyOf(providers);
        if (!http.loopback() && tls.port().isEmpty()) {
            throw new InvalidSetting(
                    SettingTable.TLS_PORT.name(),
                    "off",
                    "a port, because http.address is not loopback");
        }
        if (database.embedded() && lies(database.directory(), dataDirectory)) {
            throw new InvalidSetting(
                    SettingTable.DATABASE_DIRECTORY.name(),
                    database.directory().toString(),
                    SettingTable.DATABASE_DIRECTORY.expected());
        }
        if (credentials.openIssuer() && !http.loopback()) {
            throw new InvalidSetting(
                    CredentialsTable.OPEN_ISSUER.name(),
                    "true",
                    "false, because http.address is not loopback");
        }
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            throw new InvalidSetting(
                    "tls.certificate and tls.key are given together or not at all");
        }
        if (backup.target().isPresent() != backup.key().isPresent()) {
            throw new InvalidSetting(
                    "backup.target and backup.key are given together or not at all");
        }
        var target = backup.target().orElse("");
        if (target.startsWith("peer:") && !peers.containsKey(target.substring(5))) {
            throw new InvalidSetting("backup.target", target, "the name of one of the peers");
        }
        if (!peers.keySet().containsAll(mirror.at())) {
            throw new InvalidSetting("mirror.at names a node that is none of the peers");
        }
        requireKnown(people.onlyAt(), providers);
    }

    private static void requireKnown(Optional<String> onlyAt, Map<String, Provider> providers) {
        if (onlyAt.isPresent() && !providers.containsKey(onlyAt.get())) {
            throw new InvalidSetting(
                    PeopleTable.SIGN_IN.name(), onlyAt.get(), PeopleTable.SIGN_IN.expected());
        }
        if (providers.values().stream().map(Provider::issuer).distinct().count()
                < providers.size()) {
            throw new InvalidSetting("two of the providers have the same issuer");
        }
    }

    private static boolean lies(Path inner, Path outer) {
        return inner.toAbsolutePath().normalize().startsWith(outer.toAbsolutePath().normalize());
    }

    /// Reads the file and the environment, which wins.
    public static Settings read(Path file, Map<String, String> environment) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return of(merged(properties(reader), environment));
        }
    }

    /// Reads the environment alone.
    public static Settings read(Map<String, String> environment) {
        return of(merged(Map.of(), environment));
    }

    /// Completes what is given with what is usual.
    public static Settings of(Map<String, String> given) {
        for (var name : given.keySet()) {
            if (!SettingTable.knows(name)) {
                throw new InvalidSetting(
                        name + " is not a setting: docs/settings.md lists them all");
            }
        }
        return new Settings(
                SettingTable.NAME.in(given),
                SettingTable.ORIGIN.in(given),
                SettingTable.DATA_DIRECTORY.in(given),
                new Http(SettingTable.HTTP_ADDRESS.in(given), SettingTable.HTTP_PORT.in(given)),
                new Tls(
                        SettingTable.TLS_PORT.in(given),
                        SettingTable.TLS_CERTIFICATE.optionalIn(given),
                        SettingTable.TLS_KEY.optionalIn(given),
                        SettingTable.TLS_AUTHORITY.in(given)),
                new Mqtt(SettingTable.MQTT_PORT.in(given), SettingTable.MQTT_TLS.in(given)),
                new Database(
                        SettingTable.DATABASE_URL.in(given),
                        SettingTable.DATABASE_DIRECTORY.in(given),
                        SettingTable.DATABASE_USER.optionalIn(given),
                        SettingTable.DATABASE_PASSWORD.optionalIn(given)),
                new Updates(
                        SettingTable.CLOCK_SKEW.in(given),
                        SettingTable.MAX_BYTES.in(given),
                        SettingTable.RATE.in(given),
                        SettingTable.IN_FLIGHT.in(given)),
                SettingTable.HISTORY.in(given),
                new Storage(
                        SettingTable.CHECKPOINT_INTERVAL.in(given),
                        SettingTable.SEGMENT_BYTES.in(given),
                        ForgettingTable.EPOCH.in(given)),
                WitnessTable.in(given),
                new Retention(ForgettingTable.KEEP.in(given), ForgettingTable.PRUNE.in(given)),
                peers(given),
                AnchorTable.in(given),
                new Backup(
                        SettingTable.BACKUP_TARGET.optionalIn(given),
                        SettingTable.BACKUP_KEY.optionalIn(given),
                        SettingTable.BACKUP_INTERVAL.in(given)),
                new Hosting(
                        SettingTable.HOSTING_GUESTS.optionalIn(given).orElse(Set.of()),
                        SettingTable.HOSTING_QUOTA.in(given)),
                MirrorTable.in(given),
                MirrorTable.scrub(given),
                SettingTable.POLICIES.in(given),
                CredentialsTable.in(given),
                PeopleTable.in(given),
                ProviderTable.in(given),
                SignalsTable.in(given),
                new Platforms(SettingTable.DID_HOST.optionalIn(given)),
                MakersTable.in(given));
    }

    private static Map<String, Peer> peers(Map<String, String> given) {
        var peers = new HashMap<String, Peer>();
        for (var name : given.keySet()) {
            var peer = SettingTable.PEER_NAME.matcher(name);
            if (!peer.matches()) continue;
            var address = "peers." + peer.group(1);
            var authority = address + ".authority";
            if (!given.containsKey(address)) {
                throw new InvalidSetting(address + " is missing, although " + name + " is given");
            }
            peers.put(
                    peer.group(1),
                    new Peer(
                            SettingTable.PEER.parse(address, given.get(address)),
                            Optional.ofNullable(given.get(authority))
                                    .map(
                                            text ->
                                                    SettingTable.PEER_AUTHORITY.parse(
                                                            authority, text))));
        }
        return peers;
    }

    private static Map<String, String> merged(
            Map<String, String> file, Map<String, String> environment) {
        var merged = new HashMap<>(file);
        environment.forEach(
                (variable, value) -> {
                    var name = SettingTable.named(variable);
                    if (name != null) merged.put(name, value.strip());
                });
        return merged;
    }

    private static Map<String, String> properties(Reader reader) throws IOException {
        var properties = new Properties();
        properties.load(reader);
        return properties.stringPropertyNames().stream()
                .collect(toMap(name -> name, name -> properties.getProperty(name).strip()));
    }
}
