// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import java.util.Locale;

/// Why a request between platforms is refused; the code is what the answer and the record carry.
public enum ExchangeFlaw {
    /// There is no signature of a platform.
    NO_PLATFORM_PROOF,
    /// There is no presentation of an avatar.
    NO_AVATAR_PROOF,
    /// A field does not have the form that it must have.
    MALFORMED,
    /// The signature does not cover all that it has to, or more than that.
    NOT_COVERED,
    /// The signature was made for another protocol.
    WRONG_TAG,
    /// The signature is too old, or good for too long.
    EXPIRED,
    /// The signature was made in the future.
    NOT_YET_VALID,
    /// The platform has no DID document that could be had, or no such key in it.
    UNKNOWN_PLATFORM,
    /// The signature is not of this request by that key.
    BAD_SIGNATURE,
    /// The body is not the one whose digest was signed.
    BODY_CHANGED,
    /// Nobody who is trusted here certifies the platform, or not any more.
    UNCERTIFIED,
    /// The avatar's credential or its holder's proof does not hold.
    AVATAR_REFUSED,
    /// The avatar's credential is not one of the platform that asks.
    FOREIGN_AVATAR,
    /// The avatar's proof was made for another audience.
    WRONG_AUDIENCE,
    /// The avatar agreed to another body, or on another occasion, than the platform signed.
    NOT_BOUND,
    /// The same request was there before.
    REPLAYED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
