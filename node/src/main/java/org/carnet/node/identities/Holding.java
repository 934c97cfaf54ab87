// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.Bytes;
import org.carnet.credential.SdJwt;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;

/// What this platform holds for an avatar: its key, and its credential with everything that it could show.
///
/// ```json
/// {"key": {private JWK}, "credential": "SD-JWT"}
/// ```
record Holding(SigningKey key, SdJwt credential) {
    Bytes bytes() {
        var json = Json.object();
        json.set("key", Json.tree(Bytes.utf8(KeyFile.write(key))));
        json.put("credential", credential.text());
        return Bytes.utf8(Json.text(json));
    }

    static Holding of(Bytes bytes) {
        var json = Json.object(bytes);
        return new Holding(
                KeyFile.read(json.path("key").toString()),
                SdJwt.parse(json.path("credential").asString("")));
    }

    /// Tells nothing of either.
    @Override
    public String toString() {
        return "holding";
    }
}
