// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.identity.DidKey;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;
import org.carnet.policy.Share;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/// Mappings as JSON: in the API, in the database and in the details of records.
final class Terms {
    private Terms() {}

    /// A new mapping from what its owner asks for.
    ///
    /// @throws IllegalArgumentException with one sentence that names what is missing or wrong
    static Mapping requested(JsonNode body, UUID id, Optional<DidKey> alias, Instant now) {
        var notBefore = body.has("notBefore") ? instant(body, "notBefore") : now;
        return mapping(body, id.toString(), alias, notBefore);
    }

    /// A mapping as [#json] wrote it.
    static Mapping stored(JsonNode json) {
        var alias =
                json.has("alias")
                        ? Optional.of(DidKey.parse(text(json, "alias")))
                        : Optional.<DidKey>empty();
        return mapping(json, text(json, "id"), alias, instant(json, "notBefore"));
    }

    private static Mapping mapping(
            JsonNode json, String id, Optional<DidKey> alias, Instant notBefore) {
        if (!json.path("shares").isArray())
            throw new IllegalArgumentException("\"shares\" is a list");
        var shares = new ArrayList<Share>();
        for (var share : json.path("shares")) shares.add(share(share));
        return new Mapping(
                id,
                DidKey.parse(text(json, "thing")),
                alias,
                text(json, "platform"),
                text(json, "avatar"),
                text(json, "owner"),
                text(json, "purpose"),
                Mapping.sharesOf(shares),
                notBefore,
                instant(json, "notAfter"));
    }

    private static Share share(JsonNode json) {
        var precision = json.path("precision");
        var period = json.path("periodMillis");
        if (!precision.isMissingNode() && !precision.isNumber()) {
            throw new IllegalArgumentException("\"precision\" is a number in the property's unit");
        }
        if (!period.isMissingNode() && !period.isIntegralNumber()) {
            throw new IllegalArgumentException(
                    "\"periodMillis\" is a whole number of milliseconds");
        }
        return new Share(
                text(json, "property"), precision.asDouble(0), Duration.ofMillis(period.asLong(0)));
    }

    static ObjectNode json(Mapping mapping) {
        var json =
                Details.object()
                        .put("id", mapping.id())
                        .put("thing", mapping.thing().value())
                        .put("platform", mapping.platform())
                        .put("avatar", mapping.avatar())
                        .put("owner", mapping.owner())
                        .put("purpose", mapping.purpose())
                        .put("notBefore", mapping.notBefore().toString())
                        .put("notAfter", mapping.notAfter().toString());
        mapping.alias().ifPresent(alias -> json.put("alias", alias.value()));
        var shares = json.putArray("shares");
        mapping.shares().values().stream()
                .sorted((one, other) -> one.property().compareTo(other.property()))
                .forEach(
                        share ->
                                shares.addObject()
                                        .put("property", share.property())
                                        .put("precision", share.precision())
                                        .put("periodMillis", share.period().toMillis()));
        return json;
    }

    /// With its status, for the API.
    static ObjectNode json(Permission permission, Instant now) {
        return json(permission.mapping()).put("status", permission.status(now));
    }

    private static String text(JsonNode json, String member) {
        var value = json.path(member);
        if (!value.isString()) throw new IllegalArgumentException("\"" + member + "\" is a text");
        return value.asString();
    }

    private static Instant instant(JsonNode json, String member) {
        try {
            return Instant.parse(text(json, member));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + member + "\" is an instant such as 2030-01-31T12:00:00Z", e);
        }
    }
}
