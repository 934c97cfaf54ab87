// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.credential.Refused;
import org.carnet.jose.Json;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// How requests about credentials are read, and what is answered to them.
final class Answers {
    /// Longer than any credential but a status list.
    private static final int LONGEST = 256 << 10;

    private Answers() {}

    /// The body, strictly: a member twice is refused before anybody looks at a value.
    static ObjectNode read(byte[] body) {
        if (body.length > LONGEST)
            throw new Problem(ProblemType.TOO_LARGE, "A body has at most " + LONGEST + " bytes.");
        try {
            return Json.object(Bytes.unsafe(body));
        } catch (IllegalArgumentException e) {
            throw malformed("The body is no JSON object: " + e.getMessage() + ".");
        }
    }

    static ObjectNode object(ObjectNode body, String name) {
        if (body.get(name) instanceof ObjectNode object) return object;
        throw malformed("\"" + name + "\" is an object.");
    }

    /// The options; none if there are none.
    static ObjectNode options(ObjectNode body) {
        return body.has("options") ? object(body, "options") : Json.object();
    }

    static Problem malformed(String detail) {
        return new Problem(ProblemType.MALFORMED_REQUEST, detail);
    }

    /// Problem details (RFC 9457) that tell everything that is wrong, each with the W3C's own type.
    static ObjectNode rejected(List<Refused> reasons) {
        var type = ProblemType.CREDENTIAL_REFUSED;
        var json = Json.object();
        json.put("type", type.path());
        json.put("title", type.title());
        json.put("status", type.status());
        json.put("detail", reasons.getFirst().why());
        json.put("verified", false);
        var errors = json.putArray("errors");
        for (var reason : reasons) errors.add(error(reason));
        return json;
    }

    static ObjectNode error(Refused reason) {
        return Json.object()
                .put("type", reason.flaw().type())
                .put("flaw", reason.flaw().name())
                .put("detail", reason.why());
    }
}
