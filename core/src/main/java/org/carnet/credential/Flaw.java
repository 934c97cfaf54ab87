// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// What can be wrong with a credential, a proof or a status; each has the problem type that W3C gives it.
public enum Flaw {
    /// Not strict JSON, or not the shape of what was expected.
    MALFORMED(Space.MODEL + "PARSING_ERROR"),
    /// A property has a value that the data model does not allow (VCDM 2.0 section 4).
    INVALID_VALUE(Space.MODEL + "MALFORMED_VALUE_ERROR"),
    /// Before its validFrom.
    NOT_YET_VALID(Space.MODEL + "RANGE_ERROR"),
    /// Past its validUntil, or past the expires of its proof.
    EXPIRED(Space.MODEL + "RANGE_ERROR"),
    /// There is no proof at all.
    NO_PROOF(Space.SECURITY + "PROOF_VERIFICATION_ERROR"),
    /// A member of the proof is missing or is not what it should be.
    MALFORMED_PROOF(Space.SECURITY + "PROOF_VERIFICATION_ERROR"),
    /// The proof is of a kind that is not checked here, so nothing is known of it.
    UNKNOWN_CRYPTOSUITE(Space.SECURITY + "PROOF_VERIFICATION_ERROR"),
    /// The proof was made for another purpose.
    WRONG_PURPOSE(Space.SECURITY + "PROOF_VERIFICATION_ERROR"),
    /// The proof builds on a proof that is not there.
    PREVIOUS_PROOF_MISSING(Space.SECURITY + "PROOF_VERIFICATION_ERROR"),
    /// The contexts of the document do not start with those that were signed.
    WRONG_CONTEXT(Space.SECURITY + "PROOF_VERIFICATION_ERROR"),
    /// The document cannot be brought into its canonical form.
    NOT_CANONICAL(Space.SECURITY + "PROOF_TRANSFORMATION_ERROR"),
    /// The key that the proof names cannot be found, or may not be used for this purpose.
    NO_KEY(Space.SECURITY + "INVALID_VERIFICATION_METHOD"),
    /// The signature does not belong to this document and this key.
    BAD_SIGNATURE(Space.MODEL + "CRYPTOGRAPHIC_SECURITY_ERROR"),
    /// Signed for another domain or audience.
    WRONG_DOMAIN(Space.SECURITY + "INVALID_DOMAIN_ERROR"),
    /// Signed over another challenge or nonce.
    WRONG_CHALLENGE(Space.SECURITY + "INVALID_CHALLENGE_ERROR"),
    /// The key is not one of the issuer's, or of the holder's.
    WRONG_ISSUER(Space.MODEL + "CRYPTOGRAPHIC_SECURITY_ERROR"),
    /// A related resource is not the one whose digest was signed.
    WRONG_DIGEST(Space.MODEL + "CRYPTOGRAPHIC_SECURITY_ERROR"),
    /// The status list cannot be had, or is older than it may be.
    STATUS_UNREACHABLE(Space.STATUS + "STATUS_RETRIEVAL_ERROR"),
    /// The status list is not one, is not its issuer's, or does not hold this index.
    STATUS_INVALID(Space.STATUS + "STATUS_VERIFICATION_ERROR"),
    /// The status list is shorter than the 131,072 entries that keep a holder in the crowd.
    STATUS_LIST_TOO_SHORT(Space.STATUS + "STATUS_LIST_LENGTH_ERROR"),
    /// Revoked by its issuer, for good.
    REVOKED(Space.STATUS + "STATUS_VERIFICATION_ERROR"),
    /// Suspended by its issuer, for now.
    SUSPENDED(Space.STATUS + "STATUS_VERIFICATION_ERROR");

    private static final class Space {
        static final String MODEL = "https://www.w3.org/TR/vc-data-model#";
        static final String SECURITY = "https://w3id.org/security#";
        static final String STATUS = "https://www.w3.org/ns/credentials/status-list#";
    }

    private final String type;

    Flaw(String type) {
        this.type = type;
    }

    /// The problem type of the W3C specifications that covers this.
    public String type() {
        return type;
    }
}
