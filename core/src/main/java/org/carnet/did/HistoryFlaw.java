// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

/// What can be wrong with the history of a did:webvh.
public enum HistoryFlaw {
    /// Not the lines of JSON that it has to be, or longer than is read.
    MALFORMED,
    /// A version is missing, twice there, or out of order.
    WRONG_VERSION,
    /// The SCID is not the hash of the first entry, or not the one that was asked for.
    WRONG_SCID,
    /// An entry is not the one whose hash its version carries.
    WRONG_HASH,
    /// An entry is not later than the one before, or lies in the future.
    WRONG_TIME,
    /// The document is of another DID, or the DID moved without being allowed to.
    WRONG_DID,
    /// A parameter is missing, unknown, or has a value it must not have.
    INVALID_PARAMETERS,
    /// The proof of an entry does not hold, or is not by a key that may update the DID.
    INVALID_PROOF,
    /// A new key is not one of those that the entry before committed to.
    NOT_COMMITTED,
    /// Too few witnesses approved.
    NOT_WITNESSED,
    /// Something follows the end of the DID.
    DEACTIVATED,
    /// The history is shorter than one that was seen before: cut off or rolled back.
    ROLLED_BACK,
    /// The history is not the continuation of one that was seen before.
    REWRITTEN;

    /// The code by which a resolver reports it (DID Resolution, did:webvh).
    public String error() {
        return switch (this) {
            case INVALID_PARAMETERS -> "invalidParameters";
            case INVALID_PROOF -> "invalidProof";
            default -> "invalidDid";
        };
    }
}
