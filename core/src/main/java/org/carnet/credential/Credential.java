// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A credential that follows the rules of the data model (VCDM 2.0 section 4); whether its proof holds is another question.
///
/// Credentials of the data model 1.1 are read too, since they are still shown.
///
/// @param json the credential as it was received
/// @param issuer the URL that its issuer chose for itself
/// @param status where its issuer says whether it still holds; several may be given
public record Credential(
        ObjectNode json,
        String issuer,
        List<String> types,
        List<ObjectNode> subjects,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        List<ObjectNode> status,
        List<RelatedResource> relatedResources) {
    /// The context that every credential of this data model starts with.
    public static final String V2 = "https://www.w3.org/ns/credentials/v2";

    static final String V1 = "https://www.w3.org/2018/credentials/v1";
    private static final String TYPE = "VerifiableCredential";

    public Credential {
        json = json.deepCopy();
        types = List.copyOf(types);
        subjects = List.copyOf(subjects);
        status = List.copyOf(status);
        relatedResources = List.copyOf(relatedResources);
    }

    /// The credential, or the first rule that it breaks.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static Credential parse(ObjectNode json) {
        try {
            return read(json);
        } catch (Flawed e) {
            throw new IllegalArgumentException(e.refused().why(), e);
        }
    }

    static Credential read(ObjectNode json) throws Flawed {
        boolean first = V1.equals(json.path("@context").path(0).stringValue(""));
        Shape.contexts(json, first ? V1 : V2);
        Shape.optionalUrl(json, "id", "the id");
        var types = Shape.types(json, "the credential");
        if (!types.contains(TYPE)) throw Shape.flawed("the type does not include " + TYPE);
        Shape.texts(json, "name");
        Shape.texts(json, "description");
        var from = Shape.time(json, first ? "issuanceDate" : "validFrom");
        var until = Shape.time(json, first ? "expirationDate" : "validUntil");
        if (first && from == null) throw Shape.flawed("there is no issuanceDate");
        if (from != null && until != null && until.isBefore(from))
            throw Shape.flawed("it ends before it starts");
        for (var schema : Shape.typed(json, "credentialSchema"))
            Shape.url(schema.get("id"), "the id of a credentialSchema");
        Shape.typed(json, "refreshService");
        Shape.typed(json, "termsOfUse");
        Shape.typed(json, "evidence");
        Shape.typed(json, "proof");
        return new Credential(
                json,
                issuer(json),
                types,
                subjects(json),
                from,
                until,
                Shape.typed(json, "credentialStatus"),
                Shape.relatedResources(json));
    }

    private static String issuer(ObjectNode json) throws Flawed {
        var issuer = json.get("issuer");
        if (!(issuer instanceof ObjectNode object)) return Shape.url(issuer, "the issuer");
        Shape.texts(object, "name");
        Shape.texts(object, "description");
        return Shape.url(object.get("id"), "the id of the issuer");
    }

    private static List<ObjectNode> subjects(ObjectNode json) throws Flawed {
        var value = json.get("credentialSubject");
        if (value == null) throw Shape.flawed("there is no credentialSubject");
        var subjects = new ArrayList<ObjectNode>();
        for (var subject : Shape.objects(value, "credentialSubject")) {
            Shape.optionalUrl(subject, "id", "the id of a subject");
            Shape.texts(subject, "name");
            Shape.texts(subject, "description");
            subjects.add(subject);
        }
        return subjects;
    }

    /// Refuses what is not valid at this time.
    void requireValidAt(Instant now) throws Flawed {
        if (validFrom != null && now.isBefore(validFrom))
            throw new Flawed(Flaw.NOT_YET_VALID, "it is valid only from " + validFrom + " on");
        if (validUntil != null && now.isAfter(validUntil))
            throw new Flawed(Flaw.EXPIRED, "it was valid until " + validUntil);
    }

    /// The id of its one subject; null if it has none, or several subjects.
    public @Nullable String subject() {
        if (subjects.size() != 1) return null;
        return subjects.getFirst().path("id").stringValue(null);
    }
}
