// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// A presentation that follows the rules of the data model (VCDM 2.0 section 4.13): credentials that somebody shows.
///
/// @param holder who shows them, if that is said
/// @param credentials each still to be checked by itself; some may be enveloped
public record Presentation(ObjectNode json, @Nullable String holder, List<ObjectNode> credentials) {
    private static final String TYPE = "VerifiablePresentation";

    /// What is shown at once costs a check each.
    private static final int MOST = 16;

    public Presentation {
        json = json.deepCopy();
        credentials = List.copyOf(credentials);
    }

    /// The presentation, or the first rule that it breaks.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static Presentation parse(ObjectNode json) {
        try {
            return read(json);
        } catch (Flawed e) {
            throw new IllegalArgumentException(e.refused().why(), e);
        }
    }

    static Presentation read(ObjectNode json) throws Flawed {
        boolean first = Credential.V1.equals(json.path("@context").path(0).stringValue(""));
        Shape.contexts(json, first ? Credential.V1 : Credential.V2);
        Shape.optionalUrl(json, "id", "the id");
        if (!Shape.types(json, "the presentation").contains(TYPE))
            throw Shape.flawed("the type does not include " + TYPE);
        Shape.typed(json, "proof");
        Shape.typed(json, "termsOfUse");
        var shown = json.get("verifiableCredential");
        var credentials =
                shown == null || (shown.isArray() && shown.isEmpty())
                        ? List.<ObjectNode>of()
                        : Shape.objects(shown, "verifiableCredential");
        if (credentials.size() > MOST)
            throw Shape.flawed("more than " + MOST + " credentials are shown at once");
        for (var one : credentials) if (!Envelope.isEnveloped(one)) Credential.read(one);
        return new Presentation(json, holder(json), credentials);
    }

    private static @Nullable String holder(ObjectNode json) throws Flawed {
        var holder = json.get("holder");
        if (holder == null) return null;
        if (holder instanceof ObjectNode object)
            return Shape.url(object.get("id"), "the id of the holder");
        return Shape.url(holder, "the holder");
    }
}
