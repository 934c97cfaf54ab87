// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.client.ThingDescription;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A watch for a test: its key, and what its owner asks of nodes.
public record Watch(SigningKey key, String owner) {
    public static Watch of(String owner) {
        return of(Algorithm.ED25519, owner);
    }

    public static Watch of(Algorithm algorithm, String owner) {
        return new Watch(SigningKey.generate(algorithm, new SecureRandom()), owner);
    }

    public String did() {
        return key.did().value();
    }

    public void registerDirect(NodeClient operator) throws IOException {
        register(operator, key.did(), Map.of("route", "direct"));
    }

    public void registerBehind(NodeClient operator, DidKey known, String gateway)
            throws IOException {
        register(operator, known, Map.of("route", "gateway", "gateway", gateway));
    }

    private void register(NodeClient operator, DidKey known, Map<String, String> route)
            throws IOException {
        var body = new HashMap<String, Object>(route);
        body.put("thingDescription", ThingDescription.ofWatch(known, "a watch").toJson());
        body.put("owner", owner);
        operator.post("api/things", body);
    }

    public JsonNode map(NodeClient operator, String platform, String avatar, String... properties)
            throws IOException {
        var shares = List.of(properties).stream().map(p -> Map.of("property", p)).toList();
        return map(operator, did(), platform, avatar, Map.of("shares", shares));
    }

    /// For a platform that knows the watch by its own identifier.
    public void mapOpenly(NodeClient operator, String platform, String avatar, String property)
            throws IOException {
        var shares = List.of(Map.of("property", property));
        map(operator, did(), platform, avatar, Map.of("shares", shares, "pairwise", false));
    }

    public JsonNode map(
            NodeClient operator,
            String did,
            String platform,
            String avatar,
            Map<String, Object> more)
            throws IOException {
        var body = new HashMap<String, Object>();
        body.put("thing", did);
        body.put("platform", platform);
        body.put("avatar", avatar);
        body.put("owner", owner);
        body.put("purpose", "presence");
        body.put("notAfter", Instant.now().plusSeconds(600).toString());
        body.putAll(more);
        return operator.post("api/mappings", body);
    }

    public Bytes pack(long sequence, String property) {
        return pack(key, Form.JWS_SENML_JSON, sequence, Instant.now(), property);
    }

    public Bytes pack(SigningKey signer, Form form, long sequence, Instant at, String property) {
        var reading = new Reading(property, at, new Value.Quantity(sequence), "m/s2");
        return Signer.sign(signer, form, key.did(), sequence, at, List.of(reading));
    }
}
