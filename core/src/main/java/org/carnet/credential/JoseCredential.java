// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.identity.SigningKey;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/// A credential as the payload of a JWT of type `vc+jwt`, a presentation as that of a `vp+jwt` (VC-JOSE-COSE sections 3.1.1
/// and 3.1.2).
public final class JoseCredential {
    private static final String CREDENTIAL = "vc+jwt";
    private static final String PRESENTATION = "vp+jwt";

    /// Claims of the data model 1.1, which wrapped what is now the payload itself; section 3.1.1 forbids them.
    private static final Set<String> WRAPPERS = Set.of("vc", "vp");

    private JoseCredential() {}

    /// The token of a credential; its `kid` is the verification method.
    public static String sign(ObjectNode credential, String method, SigningKey key) {
        return JoseToken.sign(CREDENTIAL, credential, method, key);
    }

    static VerifiedDocument credential(String token, VerificationMethods methods) throws Flawed {
        return checked(token, CREDENTIAL, ProofExpectation.ASSERTION, methods);
    }

    /// A presentation is bound to who it is for by `aud`, and to the question by `nonce`.
    static VerifiedDocument presentation(
            String token, ProofExpectation expected, VerificationMethods methods) throws Flawed {
        return checked(token, PRESENTATION, expected, methods);
    }

    private static VerifiedDocument checked(
            String token, String type, ProofExpectation expected, VerificationMethods methods)
            throws Flawed {
        var checked = JoseToken.check(token, type, expected.purpose(), methods);
        var claims = checked.claims();
        for (var wrapper : WRAPPERS)
            if (claims.has(wrapper))
                throw new Flawed(
                        Flaw.INVALID_VALUE, "a token of type " + type + " has no " + wrapper);
        if (expected.domain() != null
                && !expected.domain().equals(claims.path("aud").stringValue("")))
            throw new Flawed(Flaw.WRONG_DOMAIN, "the aud of the token is not the one asked for");
        if (expected.challenge() != null
                && !expected.challenge().equals(claims.path("nonce").stringValue("")))
            throw new Flawed(
                    Flaw.WRONG_CHALLENGE, "the nonce of the token is not the one asked for");
        var issuer = claims.get("iss");
        if (issuer != null && !checked.controller().equals(issuer.stringValue("")))
            throw new Flawed(Flaw.WRONG_ISSUER, "the iss of the token is not who signed it");
        return new VerifiedDocument(
                claims,
                List.of(new VerifiedDocument.Signature(checked.method(), checked.controller())));
    }
}
