// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// A document whose every proof holds, exactly as it was signed; only a check of this package makes one.
///
/// Read the document here and not in what was received: contexts that were added after the signature are gone.
public final class VerifiedDocument implements Verification {
    private final ObjectNode document;
    private final List<Signature> signatures;

    /// One signature of it.
    ///
    /// @param method the verification method: the DID URL of the key
    /// @param controller who controls the key: a DID
    public record Signature(String method, String controller) {}

    VerifiedDocument(ObjectNode document, List<Signature> signatures) {
        this.document = document;
        this.signatures = List.copyOf(signatures);
    }

    /// The document without its proofs; a copy.
    public ObjectNode document() {
        return document.deepCopy();
    }

    /// The document itself, for who copies what is kept of it.
    ObjectNode unsafeDocument() {
        return document;
    }

    public List<Signature> signatures() {
        return signatures;
    }

    /// Whether every proof was made with a key of this controller.
    public boolean signedOnlyBy(String controller) {
        return signatures.stream().allMatch(one -> one.controller().equals(controller));
    }
}
