// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;

import tools.jackson.databind.node.ObjectNode;

/// How a document and its proof become the bytes that are signed with Ed25519 (Data Integrity EdDSA Cryptosuites 1.0).
///
/// There are two: [EddsaJcs] here, and eddsa-rdfc-2022 in the node, which needs JSON-LD. A document that has no canonical
/// form throws [IllegalArgumentException] with one sentence that says why.
public interface Cryptosuite {
    /// Its name in the proof's `cryptosuite`.
    String name();

    /// The options as they stand in a new proof of the document.
    default ObjectNode optionsOf(ObjectNode document, ObjectNode options) {
        return options;
    }

    /// The document as it was signed under these options, or a refusal by [IllegalArgumentException].
    default ObjectNode signedDocument(ObjectNode document, ObjectNode options) {
        return document;
    }

    /// The bytes to sign: the hash of the canonical options, then that of the canonical document.
    Bytes hash(ObjectNode document, ObjectNode options);
}
