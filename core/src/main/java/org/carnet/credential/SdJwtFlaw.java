// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// What can be wrong with an SD-JWT or the proof of its holder (RFC 9901 section 7).
public enum SdJwtFlaw {
    /// Not the parts, the base64url or the strict JSON that it has to be.
    MALFORMED,
    /// `alg` is neither ES256 nor Ed25519; `none` is one of the others.
    UNSUPPORTED_ALGORITHM,
    /// `typ` says that it is something else.
    WRONG_TYPE,
    /// `vct` is of another credential than was asked for.
    WRONG_CREDENTIAL,
    /// Nobody vouches for a key of this issuer and this name.
    UNKNOWN_ISSUER,
    /// The issuer's signature is not of these bytes.
    BAD_SIGNATURE,
    /// `_sd_alg` is not sha-256.
    UNSUPPORTED_HASH,
    /// A disclosure or a claim uses a name that belongs to the format.
    RESERVED_NAME,
    /// A disclosure would replace a claim that is there.
    NAME_TAKEN,
    /// A disclosure stands where one of the other shape belongs.
    MISPLACED_DISCLOSURE,
    /// The same digest twice.
    DUPLICATE_DIGEST,
    /// The same disclosure twice.
    DUPLICATE_DISCLOSURE,
    /// A disclosure that nothing the issuer signed refers to.
    UNREFERENCED_DISCLOSURE,
    /// A claim that decides whether the credential is good was hidden.
    HIDDEN_CLAIM,
    /// Past its `exp`.
    EXPIRED,
    /// Before its `nbf` or `iat`.
    NOT_YET_VALID,
    /// The holder's proof is missing.
    NO_KEY_BINDING,
    /// There is no key that a holder could prove, or not a usable one.
    NO_HOLDER_KEY,
    /// The holder's signature is not of these bytes by the key in the credential.
    BAD_KEY_BINDING,
    /// The proof was made for somebody else.
    WRONG_AUDIENCE,
    /// The proof was made for another occasion.
    WRONG_NONCE,
    /// The proof is too old, or from the future.
    STALE_KEY_BINDING,
    /// The proof was made over another credential or other disclosures.
    WRONG_SD_HASH
}
