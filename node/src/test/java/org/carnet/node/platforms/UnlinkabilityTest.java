// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.ThingDescription;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.node.DidNodes;
import org.carnet.node.RunningNode;
import org.carnet.node.access.Role;
import org.carnet.node.storage.Thief;
import org.carnet.node.things.Watch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/// A watch is shown to two platforms, which put together all that they store, see and can open with their own keys.
///
/// Another owner's watch is shown to both before, in the same way: what they share about that one as well says nothing of
/// whose a watch is. What they share beside it is a link.
final class UnlinkabilityTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> USUAL = List.of("represents", "thing", "owner");

    private static Path home;
    private static RunningNode pulse;
    private static Platform agora;
    private static Platform arcadia;
    private static String gateway;
    private static int copies;

    /// What both platforms know so far.
    private static Set<String> known = Set.of();

    /// What is nobody's but the owner's and Pulse's.
    private record Secrets(String owner, String avatar, String watch) {}

    /// @param property the one that owners share there
    private record Platform(String name, RunningNode node, String property, List<String> heard) {
        static Platform of(DidNodes nodes, String name, String property) throws IOException {
            // The log of Pulse is public and names nobody: that both witness it would be noise
            // here.
            var node = nodes.start(name, Map.of("witness.announcements", "nobody"));
            return new Platform(name, node, property, DidNodes.overhear(node));
        }

        /// Its database, its data directory with what its own keys open, and what it was told over HTTP.
        Sightings sightings() throws Exception {
            var sightings = new Sightings();
            var jdbc = node.bean(JdbcClient.class);
            var tables =
                    jdbc.sql(
                                    "select table_name from information_schema.tables where"
                                            + " table_schema = current_schema()")
                            .query(String.class)
                            .list();
            for (var table : tables)
                jdbc.sql("select t::text from (select row_to_json(r) t from " + table + " r) rows")
                        .query(String.class)
                        .list()
                        .forEach(sightings::add);
            var copy = copied(name);
            for (var opened : new Thief(copy, node.bean(DataSource.class)).opened())
                sightings.add(opened);
            try (var files = Files.walk(copy)) {
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    sightings.add(file.getFileName().toString());
                    if (file.startsWith(copy.resolve("keys"))) continue;
                    sightings.add(Bytes.copyOf(Files.readAllBytes(file)));
                }
            }
            heard.forEach(sightings::add);
            return sightings;
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        home = directory;
        var nodes = DidNodes.in(directory);
        agora = Platform.of(nodes, "agora", "rotation-x");
        arcadia = Platform.of(nodes, "arcadia", "rotation-y");
        var peers = new HashMap<String, String>();
        for (var platform : List.of(agora, arcadia))
            peers.put("peers." + platform.name(), platform.node().node.url().toString());
        pulse = nodes.start("pulse", peers);
        nodes.certify(pulse);
        gateway = pulse.operator().get("api/node").path("did").asString();
        wear(true, USUAL);
        known = agora.sightings().shared(arcadia.sightings());
    }

    @AfterAll
    static void stop() throws Exception {
        pulse.close();
        agora.node().close();
        arcadia.node().close();
    }

    private static Path copied(String name) throws IOException {
        var copy = home.resolve(name + "-" + copies++);
        var data = home.resolve(name);
        try (var files = Files.walk(data)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = copy.resolve(data.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
        return copy;
    }

    /// What nobody else has.
    private static String drawn() {
        return "x" + UUID.randomUUID().toString().replace("-", "");
    }

    /// Somebody new wears a new watch, has it shown to both platforms, and moves.
    ///
    /// @param pairwise whether each platform knows it by another identifier
    /// @param shows the claims that the avatar shows to both
    private static Secrets wear(boolean pairwise, List<String> shows) throws Exception {
        var name = drawn();
        var avatar = drawn();
        var owner = pulse.somebody(name, Role.USER);
        var watch = Watch.of(Algorithm.ED25519, name);
        watch.registerDirect(pulse.operator());
        for (var platform : List.of(agora, arcadia)) {
            var shares = List.of(Map.of("property", platform.property()));
            var mapping =
                    watch.map(
                            pulse.operator(),
                            watch.did(),
                            platform.name(),
                            avatar,
                            Map.of("shares", shares, "pairwise", pairwise));
            var alias = mapping.path("alias").asString(watch.did());
            var there = drawn();
            register(platform, alias, there);
            var wish = new HashMap<String, Object>();
            wish.put("platform", DidNodes.self(platform.node()).did());
            wish.put("avatar", avatar);
            wish.put("shows", shows);
            if (pairwise) wish.put("alias", alias);
            var identity = DidNodes.identity(owner, wish);
            introduce(owner, identity, shows);
        }
        move(watch);
        owner.close();
        return new Secrets(name, avatar, watch.did().substring("did:key:".length()));
    }

    private static void register(Platform platform, String alias, String owner) throws IOException {
        var operator = platform.node().operator();
        var known = ThingDescription.ofWatch(DidKey.parse(alias), "a watch");
        operator.post(
                "api/things",
                Map.of(
                        "route",
                        "gateway",
                        "gateway",
                        gateway,
                        "owner",
                        owner,
                        "thingDescription",
                        known.toJson()));
        var shares = List.of(Map.of("property", platform.property()));
        Watch.of(Algorithm.ED25519, owner)
                .map(operator, alias, platform.name(), drawn(), Map.of("shares", shares));
    }

    /// An owner does not do so at two platforms within one second, which both would see.
    private static void introduce(NodeClient owner, String identity, List<String> shows)
            throws Exception {
        long second = Instant.now().getEpochSecond();
        await(() -> Instant.now().getEpochSecond() > second);
        var answer =
                owner.post(
                        "api/identities/" + identity + "/exchanges",
                        Map.of("body", Map.of("purpose", "visit"), "shows", shows));
        assertThat(answer.path("status").intValue()).as(answer.toString()).isEqualTo(200);
    }

    private static void move(Watch watch) throws Exception {
        long before = applied(agora) + applied(arcadia);
        long first = 1_000_000 + RANDOM.nextInt(1_000_000);
        var at = Instant.now();
        var pack =
                Signer.sign(
                        watch.key(),
                        Form.COSE_SENML_CBOR,
                        watch.key().did(),
                        first,
                        at,
                        List.of(
                                new Reading("rotation-x", at, new Value.Quantity(1.5), "rad/s"),
                                new Reading("rotation-y", at, new Value.Quantity(2.5), "rad/s")));
        try (var stream = NodeClient.open(pulse.node.url(), Trust.usual()).stream(8)) {
            assertThat(stream.send(pack).get(20, TimeUnit.SECONDS)).isInstanceOf(Ack.Durable.class);
        }
        await(() -> applied(agora) + applied(arcadia) == before + 2);
    }

    private static long applied(Platform platform) throws IOException {
        return platform.node()
                .operator()
                .get("api/avatars")
                .valueStream()
                .mapToLong(one -> one.path("applied").asLong())
                .sum();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /// What both platforms know, and did not before.
    private static Set<String> links(Sightings one, Sightings other) {
        var both = one.shared(other);
        var links = new TreeSet<>(both);
        links.removeAll(known);
        known = both;
        return links;
    }

    @Test
    void whatTwoPlatformsStoreSeeAndOpenDoesNotTellThatTheyKnowOneWatch() throws Exception {
        var secrets = wear(true, USUAL);
        var atAgora = agora.sightings();
        var atArcadia = arcadia.sightings();
        assertThat(links(atAgora, atArcadia)).isEmpty();
        for (var sightings : List.of(atAgora, atArcadia))
            for (var secret : List.of(secrets.owner, secrets.avatar, secrets.watch))
                assertThat(sightings.knows(secret)).as(secret).isFalse();
    }

    @Test
    void oneIdentifierAtBothPlatformsIsFound() throws Exception {
        var secrets = wear(false, USUAL);
        assertThat(links(agora.sightings(), arcadia.sightings())).contains("word " + secrets.watch);
    }

    @Test
    void theNameOfTheAvatarLinksWhereItsOwnerShowsItToBoth() throws Exception {
        var secrets = wear(true, List.of("avatar"));
        assertThat(links(agora.sightings(), arcadia.sightings()))
                .contains("word " + secrets.avatar);
    }
}
