// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.regex.Pattern;

/// Where a credential's issuer says whether it still holds: one bit of a list (Bitstring Status List v1.0, section 2.1).
///
/// @param list the URL of the list, a credential itself
public record StatusEntry(String purpose, long index, String list) {
    public static final String TYPE = "BitstringStatusListEntry";
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,15}");

    /// The entry in a credential.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static StatusEntry parse(ObjectNode json) {
        try {
            return read(json);
        } catch (Flawed e) {
            throw new IllegalArgumentException(e.refused().why(), e);
        }
    }

    static StatusEntry read(ObjectNode json) throws Flawed {
        if (!Shape.types(json, "credentialStatus").equals(List.of(TYPE)))
            throw flawed("the type of the credentialStatus is not " + TYPE);
        if (json.has("statusSize") && json.path("statusSize").intValue(0) != 1)
            throw flawed("a statusSize other than 1 is not read here");
        var purpose = json.path("statusPurpose").stringValue("");
        if (purpose.isEmpty()) throw flawed("the credentialStatus has no statusPurpose");
        var index = json.path("statusListIndex").stringValue("");
        if (!INDEX.matcher(index).matches())
            throw flawed("the statusListIndex is not a number in a string");
        var list = Shape.url(json.get("statusListCredential"), "the statusListCredential");
        if (list.equals(json.path("id").stringValue("")))
            throw flawed("the id of the credentialStatus is that of its list");
        return new StatusEntry(purpose, Long.parseLong(index), list);
    }

    public ObjectNode json() {
        return Json.object()
                .put("id", list + "#" + index)
                .put("type", TYPE)
                .put("statusPurpose", purpose)
                .put("statusListIndex", Long.toString(index))
                .put("statusListCredential", list);
    }

    private static Flawed flawed(String why) {
        return new Flawed(Flaw.STATUS_INVALID, why);
    }
}
