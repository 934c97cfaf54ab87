// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.identity.DidKey;
import org.carnet.jose.Json;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Identities as JSON, and what is asked about them.
final class IdentityJson {
    private IdentityJson() {}

    static ObjectNode of(Identity identity, List<IdentityStore.Showing> showings) {
        var json = Json.object().put("id", identity.id()).put("owner", identity.owner());
        identity.avatar().ifPresent(avatar -> json.put("avatar", avatar));
        identity.thing().ifPresent(thing -> json.put("thing", thing.value()));
        json.put("platform", identity.platform()).put("did", identity.did().value());
        identity.alias().ifPresent(alias -> json.put("alias", alias.value()));
        var shows = json.putArray("shows");
        identity.terms().shows().forEach(shows::add);
        identity.terms().standing().ifPresent(until -> json.put("standing", until.toString()));
        json.put("expires", identity.expires().toString());
        var shown = json.putArray("shown");
        for (var showing : showings) {
            var one = shown.addObject();
            showing.claims().forEach(one.putArray("claims")::add);
            one.put("times", showing.times())
                    .put("first", showing.first().toString())
                    .put("last", showing.last().toString())
                    .put("record", showing.record());
        }
        return json;
    }

    /// @throws Problem if there is a member that has no meaning here
    static void requireOnly(JsonNode body, Set<String> members) {
        if (!body.isObject() || !members.containsAll(body.propertyNames()))
            throw malformed("The body is an object, its members are among " + members + ".");
    }

    static Identity.Terms terms(JsonNode body) {
        try {
            return Identity.Terms.of(shows(body), optional(body, "standing").map(Instant::parse));
        } catch (IllegalArgumentException e) {
            throw malformed("The owner's terms: " + e.getMessage() + ".");
        } catch (DateTimeParseException e) {
            throw malformed("\"standing\" is an instant such as 2030-01-31T12:00:00Z.");
        }
    }

    /// The claims in `shows`; none where it is not there.
    static Set<String> shows(JsonNode body) {
        var list = body.path("shows");
        if (!list.isMissingNode() && !list.isArray()) throw malformed("\"shows\" is a list.");
        var claims = new TreeSet<String>();
        for (var claim : list) claims.add(claim.asString(""));
        try {
            claims.forEach(Identity::requireClaim);
        } catch (IllegalArgumentException e) {
            throw malformed(e.getMessage() + ".");
        }
        return claims;
    }

    static Optional<String> optional(JsonNode body, String member) {
        var value = body.path(member);
        if (value.isMissingNode()) return Optional.empty();
        if (!value.isString() || value.stringValue().isBlank())
            throw malformed("\"" + member + "\" is a text.");
        return Optional.of(value.stringValue());
    }

    static String text(JsonNode body, String member) {
        return optional(body, member)
                .orElseThrow(() -> malformed("\"" + member + "\" is missing."));
    }

    static Optional<DidKey> key(JsonNode body, String member) {
        try {
            return optional(body, member).map(DidKey::parse);
        } catch (IllegalArgumentException e) {
            throw malformed("\"" + member + "\": " + e.getMessage() + ".");
        }
    }

    static Problem malformed(String detail) {
        return new Problem(ProblemType.MALFORMED_REQUEST, detail);
    }
}
