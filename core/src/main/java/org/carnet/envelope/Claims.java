// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;

import java.time.Instant;

/// What the headers of both envelopes say, held to the same rules.
final class Claims {
    /// The highest whole number that every JSON reader holds exactly.
    static final long HIGHEST_SEQUENCE = (1L << 53) - 1;

    private Claims() {}

    static DidKey signer(String keyId, Algorithm needed) throws Malformed {
        var signer = did(keyId, "kid");
        if (signer.algorithm() != needed)
            throw Malformed.envelope("the algorithm is not one of the key that kid names");
        return signer;
    }

    static DidKey did(String text, String name) throws Malformed {
        try {
            return new DidKey(text);
        } catch (IllegalArgumentException e) {
            throw Malformed.envelope(name + ": " + e.getMessage());
        }
    }

    static long sequence(long number) throws Malformed {
        if (number < 1 || number > HIGHEST_SEQUENCE)
            throw Malformed.envelope("seq is not between 1 and 2^53 - 1");
        return number;
    }

    static Instant instant(double seconds) throws Malformed {
        if (!Seconds.isInstant(seconds))
            throw Malformed.envelope("iat is not a time in seconds since 1970");
        return Seconds.instant(seconds);
    }
}
