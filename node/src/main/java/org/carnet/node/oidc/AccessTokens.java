// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import java.time.InstantSource;

/// Believes an access token of this node (RFC 9068) if this node signed it, for the address it is shown at.
final class AccessTokens {
    static final String TYPE = "at+jwt";

    /// What a token for the node's interface is for; one that opens the person's claims only has another audience.
    static final String SCOPE = "carnet";

    /// Where the person's claims are, which is the audience of tokens that open nothing else.
    static final String CLAIMS = "/userinfo";

    private final ProviderKeys keys;
    private final InstantSource clock;

    AccessTokens(ProviderKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// @param audience this node's interface, by the address that the request uses
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    SignedToken require(String text, String audience) {
        var token = signed(text, audience);
        require(token.isFor(audience), "it is for something else");
        return token;
    }

    /// The same for the person's claims, which a token for the interface opens as well.
    SignedToken requireForClaims(String text, String issuer) {
        var token = signed(text, issuer);
        require(token.isFor(issuer + CLAIMS) || token.isFor(issuer), "it is for something else");
        return token;
    }

    private SignedToken signed(String text, String issuer) {
        var token = SignedToken.parse(text);
        require(token.type().equals(TYPE), "it is no access token");
        var key = keys.find(SignedToken.text(token.header, "kid"));
        require(key.isPresent() && token.isSignedBy(key.get()), "this node did not sign it");
        require(token.text("iss").equals(issuer), "it was issued at another address");
        var end = token.time("exp");
        require(end.isPresent() && clock.instant().isBefore(end.get()), "it has expired");
        return token;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("the access token is refused: " + otherwise);
        }
    }
}
