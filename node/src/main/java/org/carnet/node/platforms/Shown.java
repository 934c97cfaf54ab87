// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import org.carnet.credential.AvatarCredential;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

/// What an avatar showed of itself, without what every credential has.
final class Shown {
    private Shown() {}

    static ObjectNode of(VerifiedSdJwt credential) {
        var claims = credential.claims();
        var shown = Json.object();
        for (var name : AvatarCredential.CLAIMS)
            if (claims.has(name)) shown.set(name, claims.get(name));
        return shown;
    }
}
