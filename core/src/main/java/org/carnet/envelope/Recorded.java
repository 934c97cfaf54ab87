// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;

/// Reads back packs that this node verified before it put them on its own record.
///
/// The only way around a signature check, and named so that it is seen: the bytes must be the opened details of a
/// `received` record, whose seal already proves that they are the ones that were verified.
public final class Recorded {
    private Recorded() {}

    /// @throws IllegalArgumentException if the bytes are not a pack, so nobody ever verified them
    public static VerifiedPack pack(Bytes details) {
        if (!(SignedPack.decode(details) instanceof SignedPack pack)) {
            throw new IllegalArgumentException("a received record holds no pack");
        }
        try {
            return new VerifiedPack(pack, pack.readings());
        } catch (Malformed e) {
            throw new IllegalArgumentException("a received record holds no SenML", e);
        }
    }
}
