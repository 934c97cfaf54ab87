// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.Thing;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.DidKey;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// A watch is unpacked and claimed, shown to two platforms, given another key, lost, found, its key revoked,
/// and handed to somebody else.
///
/// Its second owner has a watch of their own, which is shown to both platforms in the same way: what both know of that one
/// too they know of every watch.
final class WatchStory {
    /// How many updates Pulse takes of the watch while it is its first owner's.
    static final int UPDATES = 4;

    private static final String AT_PULSE = "activity";
    private static final String IN_AGORA = "rotation-x";
    private static final String IN_ARCADIA = "rotation-y";
    private static final String UNIT = "rad/s";

    /// A number that the watch never comes to by itself.
    private static final long FAR = 1_000_000;

    private final Network network;
    private final NodeClient pulse;
    private final NodeClient agora;
    private final NodeClient arcadia;
    private final Enrolment enrolment;
    private final SecureRandom random;
    private final InstantSource clock;

    WatchStory(
            Network network,
            NodeClient pulse,
            NodeClient agora,
            NodeClient arcadia,
            Enrolment enrolment,
            SecureRandom random,
            InstantSource clock) {
        this.network = network;
        this.pulse = pulse;
        this.agora = agora;
        this.arcadia = arcadia;
        this.enrolment = enrolment;
        this.random = random;
        this.clock = clock;
    }

    /// A watch as another platform knows it.
    ///
    /// @param avatar that it feeds there
    /// @param shown what that platform answered when the avatar was shown to it
    private record Appearance(NodeClient platform, DidKey alias, String avatar, JsonNode shown) {
        Known known() throws IOException, InterruptedException {
            Known.await(platform, avatar);
            return Known.of(platform, alias, avatar, shown);
        }
    }

    Ownership tell() throws IOException, InterruptedException {
        try (var anybody = network.pulse().anybody()) {
            var ada = invite(anybody, "ada");
            var ben = invite(anybody, "ben");
            try (var watch = ada.unpack(network.maker().device("W-1001"), homeOf(ada), random);
                    var other = ben.unpack(network.maker().device("W-1002"), homeOf(ben), random)) {
                return tell(ada, ben, watch, other);
            }
        }
    }

    private Owner invite(NodeClient anybody, String name) throws IOException {
        var key = network.workshop().path(name + ".key");
        return Owner.invite(pulse, anybody, name, key, clock);
    }

    private Path homeOf(Owner owner) {
        return network.workshop().path("watch-of-" + owner.name());
    }

    private Ownership tell(Owner ada, Owner ben, Thing watch, Thing other)
            throws IOException, InterruptedException {
        ada.share(watch, "pulse", "ada", AT_PULSE);
        ben.share(other, "pulse", "ben", AT_PULSE);
        var inAgora = appear(ada, watch, "agora", agora, IN_AGORA);
        var otherInAgora = appear(ben, other, "agora", agora, IN_AGORA);
        // Whoever acts at two platforms within one second shows both the same second.
        awaitNextSecond();
        var inArcadia = appear(ada, watch, "arcadia", arcadia, IN_ARCADIA);
        var otherInArcadia = appear(ben, other, "arcadia", arcadia, IN_ARCADIA);
        send(other);
        send(watch);
        var agoras = inAgora.known();
        var arcadias = inArcadia.known();
        var links = new TreeSet<>(agoras.shared(arcadias));
        links.removeAll(otherInAgora.known().shared(otherInArcadia.known()));

        var first = key(homeOf(ada));
        ada.changeKey(watch, random);
        var nextKey = send(watch);
        var replacedKey = send(watch, first);
        ada.report(watch, "lost");
        var lost = send(watch);
        ada.report(watch, "found");
        var found = send(watch);
        ada.report(watch, "revoke");
        var revoked = send(watch);
        ada.giveKey(watch, random);
        var renewed = send(watch);

        var second = key(homeOf(ada));
        ada.handOver(watch, ben, random);
        ben.share(watch, "pulse", "ben-next", AT_PULSE);
        var next = appear(ben, watch, "agora", agora, IN_AGORA);
        ben.share(watch, "arcadia", "ben-next", IN_ARCADIA);
        send(watch);
        return new Ownership(
                new TreeMap<>(
                        Map.of(
                                "agora",
                                inAgora.alias().value(),
                                "arcadia",
                                inArcadia.alias().value())),
                next.alias().value(),
                new TreeMap<>(Map.of("agora", agoras.size(), "arcadia", arcadias.size())),
                links,
                nextKey,
                replacedKey,
                lost,
                found,
                revoked,
                renewed,
                send(watch, second),
                ada.asksFor("api/things/" + NodeClient.part(watch.id().value())),
                ada.identities(),
                ada.readings("ada", AT_PULSE),
                ben.readings("ben-next", AT_PULSE),
                ben.asksFor("avatars/ada/history?property=" + AT_PULSE));
    }

    /// Has the watch feed an avatar of another platform, and shows that avatar there.
    private Appearance appear(
            Owner owner, Thing watch, String name, NodeClient platform, String property)
            throws IOException {
        var avatar = "visitor-" + drawn();
        var here = owner.name() + "-" + drawn();
        var alias = owner.share(watch, name, here, property);
        enrolment.receive(platform, name, alias, avatar, "owner-of-" + avatar, property, UNIT);
        var did = platform.get("api/platform").path("did").asString();
        return new Appearance(platform, alias, avatar, owner.introduce(here, alias, did));
    }

    private String drawn() {
        var bytes = new byte[4];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void awaitNextSecond() throws InterruptedException {
        var now = clock.instant();
        var next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Thread.sleep(Duration.between(now, next));
    }

    /// The key that a watch has now, as somebody keeps it who will not have the watch any more.
    private static SigningKey key(Path home) throws IOException {
        return KeyFile.read(Files.readString(home.resolve("key.jwk")));
    }

    private String send(Thing watch) throws IOException {
        var now = clock.instant();
        return send(watch.sign(Form.JWS_SENML_JSON, now, readings(now)));
    }

    private String send(Thing watch, SigningKey key) {
        var now = clock.instant();
        return send(Signer.sign(key, Form.JWS_SENML_JSON, watch.id(), FAR, now, readings(now)));
    }

    private static List<Reading> readings(Instant now) {
        return List.of(
                new Reading(AT_PULSE, now, new Value.Text("WALKING"), ""),
                new Reading(IN_AGORA, now, new Value.Quantity(1.5), UNIT),
                new Reading(IN_ARCADIA, now, new Value.Quantity(2.5), UNIT));
    }

    private String send(Bytes pack) {
        return switch (pulse.posts().send(pack).join()) {
            case Ack.Durable _ -> Ownership.TAKEN;
            case Ack.Refused(String reason, _) -> reason;
        };
    }
}
