// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/// What a credential says, and who showed it; only [SdJwtVerifier] makes one.
public final class VerifiedSdJwt implements SdJwtVerdict {
    private final String issuer;
    private final ObjectNode claims;
    private final @Nullable DidKey holder;
    private final @Nullable KeyBinding binding;

    VerifiedSdJwt(
            String issuer,
            ObjectNode claims,
            @Nullable DidKey holder,
            @Nullable KeyBinding binding) {
        this.issuer = issuer;
        this.claims = claims;
        this.holder = holder;
        this.binding = binding;
    }

    /// `iss`, whose signature it bears.
    public String issuer() {
        return issuer;
    }

    /// What was signed and shown; a copy.
    public ObjectNode claims() {
        return claims.deepCopy();
    }

    /// The text of a claim, or nothing where it is not shown or no text.
    public @Nullable String text(String name) {
        var claim = claims.path(name);
        return claim.isString() ? claim.stringValue() : null;
    }

    /// The key that the credential was issued to (`cnf`) and that showed it, if that was asked for.
    public @Nullable DidKey holder() {
        return holder;
    }

    /// The holder's proof, if one was asked for.
    public @Nullable KeyBinding binding() {
        return binding;
    }
}
