// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Issues an SD-JWT: hides claims, properties and elements behind salted digests, and signs the rest.
///
/// Whatever is hidden may itself hide parts of it. Every salt is drawn anew, and digests stand in their own order, so
/// that two copies of one credential have nothing but their plain claims in common.
public final class SdJwtIssuance {
    /// The type of SD-JWT VCs (draft-ietf-oauth-sd-jwt-vc).
    public static final String TYPE = "dc+sd-jwt";

    /// As many bits as RFC 9901 section 9.3 recommends.
    private static final int SALT = 16;

    private static final int DIGEST = 32;

    private final SigningKey key;
    private final String keyId;
    private final Salts salts;

    /// Where salts and decoys come from: a `SecureRandom`'s `nextBytes`.
    @FunctionalInterface
    public interface Salts {
        void fill(byte[] bytes);
    }

    /// @param keyId the name of the key in the issuer's DID document
    public SdJwtIssuance(SigningKey key, String keyId, Salts salts) {
        this.key = key;
        this.keyId = keyId;
        this.salts = salts;
    }

    /// The credential with all of its disclosures, for its holder alone.
    ///
    /// @param hidden JSON Pointers (RFC 6901) of what can be hidden
    /// @param decoys how many digests of nothing to add beside those of each object, so that their number tells nothing
    /// @throws IllegalArgumentException if a pointer points to nothing, or a claim has a name of the format
    public SdJwt issue(ObjectNode claims, Set<String> hidden, int decoys) {
        var concealing = new Concealing(hidden, decoys);
        var payload = concealing.object(claims, "");
        if (!concealing.met.containsAll(hidden))
            throw new IllegalArgumentException("there is nothing to hide at one of " + hidden);
        if (!concealing.disclosures.isEmpty()) payload.put(Unfolding.HASH, Digest.NAME);
        var header = Json.object();
        header.put("alg", Jws.name(key.algorithm())).put("typ", TYPE).put("kid", keyId);
        var jwt = Jws.sign(Json.text(header), Bytes.utf8(Json.text(payload)), key);
        return SdJwt.issued(jwt, concealing.disclosures);
    }

    private Bytes random(int length) {
        var bytes = new byte[length];
        salts.fill(bytes);
        return Bytes.unsafe(bytes);
    }

    private final class Concealing {
        final List<Disclosure> disclosures = new ArrayList<>();
        final Set<String> met = new HashSet<>();
        private final Set<String> hidden;
        private final int decoys;

        Concealing(Set<String> hidden, int decoys) {
            this.hidden = hidden;
            this.decoys = decoys;
        }

        ObjectNode object(ObjectNode object, String pointer) {
            var concealed = Json.object();
            var digests = new TreeSet<String>();
            for (var member : object.properties()) {
                var name = member.getKey();
                if (Unfolding.RESERVED.contains(name))
                    throw new IllegalArgumentException("no claim can be named " + name);
                var place = Unfolding.below(pointer, name);
                var value = value(member.getValue(), place);
                if (hides(place)) digests.add(disclose(Disclosure.of(random(SALT), name, value)));
                else concealed.set(name, value);
            }
            for (int i = 0; i < decoys; i++) digests.add(random(DIGEST).toBase64Url());
            var array = concealed.arrayNode();
            digests.forEach(array::add);
            if (!array.isEmpty()) concealed.set(Unfolding.DIGESTS, array);
            return concealed;
        }

        private ArrayNode array(ArrayNode array, String pointer) {
            var concealed = Json.object().arrayNode();
            for (int i = 0; i < array.size(); i++) {
                var place = pointer + "/" + i;
                var value = value(array.get(i), place);
                if (hides(place)) {
                    var digest = disclose(Disclosure.of(random(SALT), null, value));
                    concealed.add(Json.object().put(Unfolding.ELEMENT, digest));
                } else concealed.add(value);
            }
            return concealed;
        }

        private JsonNode value(JsonNode value, String pointer) {
            return switch (value) {
                case ObjectNode object -> object(object, pointer);
                case ArrayNode array -> array(array, pointer);
                default -> value;
            };
        }

        private boolean hides(String place) {
            return hidden.contains(place) && met.add(place);
        }

        private String disclose(Disclosure disclosure) {
            disclosures.add(disclosure);
            return disclosure.digest();
        }
    }
}
