// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells whether a credential or presentation holds: its shape, its signature, its time, its status, its digests.
///
/// What fails before the signature is checked is told alone, since nothing else can be believed then. Safe for use by many
/// threads.
public final class CredentialVerifier {
    /// What an issuer says elsewhere about whether its credential still holds.
    @FunctionalInterface
    public interface StatusCheck {
        /// @param status an entry of `credentialStatus`
        /// @return empty if the credential still holds
        Optional<Refused> refusal(ObjectNode status, String issuer, Instant now);
    }

    /// Documents that are here already; nothing is fetched because a credential names it.
    @FunctionalInterface
    public interface Documents {
        /// Whether the document has the digests; empty if it is not here.
        Optional<Boolean> match(RelatedResource resource);
    }

    private final DataIntegrity integrity;
    private final VerificationMethods methods;
    private final StatusCheck status;
    private final Documents documents;

    public CredentialVerifier(
            DataIntegrity integrity,
            VerificationMethods methods,
            StatusCheck status,
            Documents documents) {
        this.integrity = integrity;
        this.methods = methods;
        this.status = status;
        this.documents = documents;
    }

    /// Checks a credential with proofs, or an enveloped one.
    public CredentialVerdict verify(ObjectNode secured, Instant now) {
        Credential credential;
        try {
            var verified = document(secured, now);
            credential = Credential.read(verified.unsafeDocument());
            requireSigner(verified, credential.issuer(), "issuer of the credential");
        } catch (Flawed e) {
            return new CredentialVerdict.Rejected(List.of(e.refused()));
        }
        var reasons = reasons(credential, now);
        return reasons.isEmpty()
                ? new VerifiedCredential(credential)
                : new CredentialVerdict.Rejected(reasons);
    }

    private VerifiedDocument document(ObjectNode secured, Instant now) throws Flawed {
        if (Envelope.isEnveloped(secured))
            return JoseCredential.credential(Envelope.credential(secured), methods);
        return verified(integrity.verify(secured, ProofExpectation.ASSERTION, now));
    }

    private static VerifiedDocument verified(Verification verification) throws Flawed {
        return switch (verification) {
            case Refused(var flaw, var why) -> throw new Flawed(flaw, why);
            case VerifiedDocument document -> document;
        };
    }

    private static void requireSigner(VerifiedDocument document, String signer, String who)
            throws Flawed {
        if (!document.signedOnlyBy(signer))
            throw new Flawed(Flaw.WRONG_ISSUER, "the proof was not made by the " + who);
    }

    private List<Refused> reasons(Credential credential, Instant now) {
        var reasons = new ArrayList<Refused>();
        try {
            credential.requireValidAt(now);
        } catch (Flawed e) {
            reasons.add(e.refused());
        }
        for (var entry : credential.status())
            status.refusal(entry, credential.issuer(), now).ifPresent(reasons::add);
        for (var resource : credential.relatedResources())
            if (!documents.match(resource).orElse(true))
                reasons.add(
                        new Refused(
                                Flaw.WRONG_DIGEST,
                                "the digest of " + resource.id() + " is another one"));
        return reasons;
    }

    /// Checks a presentation with proofs, or an enveloped one, and every credential in it.
    ///
    /// @return nothing if all of it holds
    public List<Refused> verifyPresentation(
            ObjectNode secured, ProofExpectation expected, Instant now) {
        Presentation presentation;
        try {
            var verified =
                    Envelope.isEnveloped(secured)
                            ? JoseCredential.presentation(
                                    Envelope.presentation(secured), expected, methods)
                            : signed(secured, expected, now);
            presentation = Presentation.read(verified.document());
            var holder = presentation.holder();
            if (holder != null) requireSigner(verified, holder, "holder of the presentation");
        } catch (Flawed e) {
            return List.of(e.refused());
        }
        var reasons = new ArrayList<Refused>();
        for (var credential : presentation.credentials())
            if (verify(credential, now) instanceof CredentialVerdict.Rejected(var why))
                reasons.addAll(why);
        return reasons;
    }

    private VerifiedDocument signed(ObjectNode secured, ProofExpectation expected, Instant now)
            throws Flawed {
        Presentation.read(secured);
        return verified(integrity.verify(secured, expected, now));
    }
}
