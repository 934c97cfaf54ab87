// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import org.carnet.Bytes;
import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.Node;
import org.carnet.node.settings.Settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A metaverse platform on free ports, and one watch that its owner mapped to an avatar there.
final class Metaverse implements AutoCloseable {
    static final String AVATAR = "walker-02";
    static final List<String> SHARED = List.of("acceleration-x", "rotation-z", "activity");

    final Node node;

    /// The key of the account of [#operator].
    final Path key;

    final NodeClient operator;
    final Thing watch;

    private Metaverse(Node node, Path key, NodeClient operator, Thing watch) {
        this.node = node;
        this.key = key;
        this.operator = operator;
        this.watch = watch;
    }

    /// @param home holds the watch and, unless the settings say otherwise, the node's data
    static Metaverse start(Path home, Map<String, String> more) throws IOException {
        var node = Node.start(settings(home, more));
        var key = home.resolve("operator.key");
        var operator = operator(node, key);
        return new Metaverse(node, key, operator, enrol(operator, home.resolve("watch")));
    }

    /// The operator of a node, who is enrolled if there is no such key yet.
    static NodeClient operator(Node node, Path key) throws IOException {
        var anybody = NodeClient.open(node.url(), Trust.usual());
        if (Files.exists(key)) return anybody.as(AccountKey.read(key));
        var made = AccountKey.generate("operator");
        made.write(key);
        return anybody.enrol(made, node.freshToken().orElseThrow());
    }

    static Settings settings(Path home, Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("name", "agora");
        settings.put("data.directory", home.resolve("agora").toString());
        settings.put("tls.authority", home.resolve("authority").toString());
        settings.put("http.port", "0");
        settings.put("mqtt.port", "off");
        settings.putAll(more);
        return Settings.of(settings);
    }

    private static Thing enrol(NodeClient operator, Path home) throws IOException {
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var watch = Thing.create(home, key, ThingDescription.ofWatch(key.did(), "a watch"));
        operator.post(
                "api/things",
                Map.of(
                        "thingDescription",
                        watch.description(),
                        "owner",
                        "alice",
                        "route",
                        "direct"));
        operator.post(
                "api/mappings",
                Map.of(
                        "thing",
                        key.did().value(),
                        "platform",
                        "agora",
                        "avatar",
                        AVATAR,
                        "owner",
                        "alice",
                        "purpose",
                        "move the avatar",
                        "shares",
                        SHARED.stream().map(property -> Map.of("property", property)).toList(),
                        "notAfter",
                        Instant.now().plusSeconds(3600).toString()));
        return watch;
    }

    /// The next update of the watch: that its acceleration is `x`.
    Bytes pack(Form form, double x) throws IOException {
        var now = Instant.now();
        return watch.sign(form, now, List.of(acceleration(now, x)));
    }

    /// The next update of the watch: a reading of everything that the avatar may have.
    Bytes pack(Form form, double x, double z, String activity) throws IOException {
        var now = Instant.now();
        var readings = new ArrayList<Reading>();
        readings.add(acceleration(now, x));
        readings.add(new Reading("rotation-z", now, new Value.Quantity(z), "rad/s"));
        readings.add(new Reading("activity", now, new Value.Text(activity), ""));
        return watch.sign(form, now, readings);
    }

    private static Reading acceleration(Instant at, double x) {
        return new Reading("acceleration-x", at, new Value.Quantity(x), "m/s2");
    }

    /// The acceleration that the avatar has now.
    double acceleration() throws IOException {
        return operator.get("avatars/" + AVATAR + "/properties/acceleration-x").asDouble();
    }

    int port(String listener) {
        return node.ports().of(listener).orElseThrow();
    }

    /// Where the node is reached from this machine over TLS.
    URI tlsUrl() {
        return URI.create("https://localhost:" + port("tls"));
    }

    @Override
    public void close() throws IOException {
        watch.close();
        operator.close();
        node.close();
    }
}
