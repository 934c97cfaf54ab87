// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// What comes of checking the proofs of a document: the document as it was signed, or a refusal.
public sealed interface Verification permits VerifiedDocument, Refused {}
