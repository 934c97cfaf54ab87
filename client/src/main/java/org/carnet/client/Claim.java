// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.attestation.Eat;
import org.carnet.attestation.Evidence;
import org.carnet.identity.SigningKey;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A device that has attested to a node and shows the code by which its owner claims it (docs/wire/claim.md).
public final class Claim {
    private final NodeClient node;
    private final String path;
    private final String code;
    private final Instant until;

    private Claim(NodeClient node, String path, String code, Instant until) {
        this.node = node;
        this.path = path;
        this.code = code;
        this.until = until;
    }

    /// Asks the node for a nonce and attests with it.
    ///
    /// @param chain the certificates from the device's maker, in DER, the device's first
    /// @param device the key of the first certificate
    /// @throws NodeRefused if the node does not believe the device, or knows it already
    public static Claim attest(
            NodeClient node, Thing thing, List<Bytes> chain, SigningKey device, Instant now)
            throws IOException {
        var asked = node.post("claims", Map.of());
        var path = "claims/" + asked.path("id").asString();
        var nonce = Bytes.base64Url(asked.path("nonce").asString());
        var shown =
                node.post(
                        path + "/attestation",
                        evidence(thing, chain, claims(thing, nonce, now), device));
        return new Claim(
                node,
                path,
                shown.path("code").asString(),
                Instant.parse(shown.path("until").asString()));
    }

    private static Eat claims(Thing thing, Bytes nonce, Instant now) {
        return new Eat(
                nonce,
                Optional.empty(),
                Optional.of(thing.id()),
                Optional.of(now),
                Optional.of(true),
                Optional.of(Eat.Debug.DISABLED),
                Optional.of("carnet"),
                Optional.empty());
    }

    private static Map<String, Object> evidence(
            Thing thing, List<Bytes> chain, Eat claims, SigningKey device) {
        var made = thing.attest(new Evidence.Chain(chain), claims, device);
        var body = new LinkedHashMap<String, Object>();
        body.put("chain", chain.stream().map(Bytes::toBase64).toList());
        body.put("attestation", made.attestation().toUtf8());
        made.possession().ifPresent(own -> body.put("possession", own.toUtf8()));
        body.put("thingDescription", thing.description());
        body.put("route", "direct");
        return body;
    }

    /// What the device shows its owner.
    public String code() {
        return code;
    }

    /// Until when the owner can say the code.
    public Instant until() {
        return until;
    }

    /// Whether the owner has said it.
    public boolean isConfirmed() throws IOException {
        return node.get(path).path("state").asString().equals("claimed");
    }
}
