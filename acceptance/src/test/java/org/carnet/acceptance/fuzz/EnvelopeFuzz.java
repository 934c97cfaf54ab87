// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.Bytes;
import org.carnet.envelope.CborSequence;
import org.carnet.envelope.SignedPack;
import org.carnet.identity.VerificationKey;

/// Whatever arrives as an update is a pack or is refused, and so is a batch.
public final class EnvelopeFuzz {
    private EnvelopeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var raw = Bytes.copyOf(input);
        if (SignedPack.decode(raw) instanceof SignedPack pack) {
            Documented.refusal(() -> pack.verify(VerificationKey.of(pack.signer())));
        }
        Documented.refusal(() -> CborSequence.split(raw, 64));
    }
}
