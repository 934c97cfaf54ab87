// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.Recording;
import org.carnet.client.Replay;
import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.envelope.Form;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// People who wear watches while a test runs: each watch is a thing of its own and feeds avatars of one node.
final class Wearers implements AutoCloseable {
    static final List<String> MOVEMENT =
            List.of(
                    "acceleration-x",
                    "acceleration-y",
                    "acceleration-z",
                    "rotation-x",
                    "rotation-y",
                    "rotation-z",
                    "activity");
    static final List<String> INTENSITY = List.of("activity-intensity");

    private static final Duration LONGER_THAN_ANY_TEST = Duration.ofHours(1);

    private final NodeClient operator;
    private final Path home;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<Thing> things = new ArrayList<>();
    private final List<Thread> replays = new ArrayList<>();

    /// @param operator may register and map
    /// @param home where the watches keep their keys
    Wearers(NodeClient operator, Path home) {
        this.operator = operator;
        this.home = home;
    }

    /// Registers the watch of a person of the data set.
    Thing enrol(String person) throws IOException {
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var description = ThingDescription.ofWatch(key.did(), "watch of " + person);
        var watch = Thing.create(home.resolve(person), key, description);
        things.add(watch);
        operator.post(
                "api/things",
                Map.of(
                        "thingDescription",
                        watch.description(),
                        "owner",
                        person,
                        "route",
                        "direct"));
        return watch;
    }

    /// Lets the watch feed an avatar of the operator's own node.
    void map(Thing watch, String person, String avatar, List<String> properties)
            throws IOException {
        var shares = properties.stream().map(property -> Map.of("property", property)).toList();
        operator.post(
                "api/mappings",
                Map.of(
                        "thing",
                        watch.id().value(),
                        "platform",
                        operator.get("api/node").path("name").asString(),
                        "avatar",
                        avatar,
                        "owner",
                        person,
                        "purpose",
                        "move " + avatar,
                        "shares",
                        shares,
                        "notAfter",
                        Instant.now().plus(LONGER_THAN_ANY_TEST).toString()));
    }

    /// Plays the person's recording through the watch until closed.
    void wear(Thing watch, String person) {
        var recording = Recording.of(person);
        replays.add(
                Thread.ofVirtual()
                        .name("wearing the watch of " + person)
                        .start(() -> play(watch, recording)));
    }

    private void play(Thing watch, Recording recording) {
        try (var carrier = operator.stream(64)) {
            new Replay(watch, Form.JWS_SENML_JSON, carrier, InstantSource.system(), tally())
                    .play(recording, LONGER_THAN_ANY_TEST, reading -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Replay.Observer tally() {
        return new Replay.Observer() {
            @Override
            public void answered(Bytes pack, Ack ack, Duration after) {
                switch (ack) {
                    case Ack.Durable durable -> acknowledged.incrementAndGet();
                    case Ack.Refused no -> refused.incrementAndGet();
                }
            }

            @Override
            public void unanswered(Bytes pack, IOException cause) {
                // The test is over.
            }
        };
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long refused() {
        return refused.get();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        replays.forEach(Thread::interrupt);
        for (var replay : replays) replay.join();
        for (var thing : things) thing.close();
    }
}
