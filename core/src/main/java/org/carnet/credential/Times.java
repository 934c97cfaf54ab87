// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/// The times of a JWT (RFC 7519 sections 4.1.4 to 4.1.6), held against a clock.
final class Times {
    /// The end of the year 9999.
    private static final double LATEST = 253402300800.0;

    private Times() {}

    static void check(ObjectNode claims, Instant now) throws SdJwtFlawed {
        var expires = instant(claims, "exp");
        if (expires != null && !now.isBefore(expires.plus(SdJwtVerifier.SKEW)))
            throw new SdJwtFlawed(SdJwtFlaw.EXPIRED, "it was good until " + expires);
        for (var name : new String[] {"nbf", "iat"}) {
            var from = instant(claims, name);
            if (from != null && now.isBefore(from.minus(SdJwtVerifier.SKEW)))
                throw new SdJwtFlawed(SdJwtFlaw.NOT_YET_VALID, "it is good from " + from);
        }
    }

    static @Nullable Instant instant(ObjectNode claims, String name) {
        var claim = claims.path(name);
        if (claim.isMissingNode()) return null;
        double seconds = claim.isNumber() ? claim.doubleValue() : -1;
        if (!(seconds >= 0 && seconds < LATEST))
            throw new IllegalArgumentException(name + " is not a time in seconds since 1970");
        return Instant.ofEpochMilli((long) (seconds * 1000));
    }
}
