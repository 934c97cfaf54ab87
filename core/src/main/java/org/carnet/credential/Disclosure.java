// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/// One salted claim or array element, hidden behind its digest until its holder shows it (RFC 9901 section 4.2).
///
/// The digest is over the text, so that a disclosure stays what its issuer wrote: `[salt, name, value]` for a claim and
/// `[salt, value]` for an element of an array.
///
/// @param text base64url of the array
/// @param name of the claim, or null for an element
record Disclosure(String text, @Nullable String name, JsonNode value) {

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    static Disclosure parse(String text) {
        var array = Json.tree(decoded(text));
        int size = array.isArray() ? array.size() : 0;
        if ((size != 2 && size != 3) || !array.get(0).isString())
            throw new IllegalArgumentException(
                    "a disclosure is an array of a salt, perhaps a name, and a value");
        if (size == 2) return new Disclosure(text, null, array.get(1));
        if (!array.get(1).isString())
            throw new IllegalArgumentException("the name in a disclosure is not a string");
        return new Disclosure(text, array.get(1).stringValue(), array.get(2));
    }

    static Disclosure of(Bytes salt, @Nullable String name, JsonNode value) {
        var array = Json.object().arrayNode().add(salt.toBase64Url());
        if (name != null) array.add(name);
        array.add(value);
        return new Disclosure(Bytes.utf8(Json.text(array)).toBase64Url(), name, value);
    }

    String digest() {
        return Digest.base64Url(text);
    }

    private static Bytes decoded(String text) {
        try {
            return Bytes.base64Url(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a disclosure is not base64url without padding", e);
        }
    }
}
