// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An update whose signature is good and whose readings are well formed; only [SignedPack#verify] makes one.
public final class VerifiedPack implements Verification {
    private final SignedPack pack;
    private final List<Reading> readings;

    VerifiedPack(SignedPack pack, List<Reading> readings) {
        this.pack = pack;
        this.readings = readings;
    }

    /// The same pack, to be verified once more.
    public SignedPack unverified() {
        return pack;
    }

    public DidKey thing() {
        return pack.thing();
    }

    public DidKey signer() {
        return pack.signer();
    }

    public long sequence() {
        return pack.sequence();
    }

    public Instant signedAt() {
        return pack.signedAt();
    }

    public Form form() {
        return pack.form();
    }

    public Bytes raw() {
        return pack.raw();
    }

    /// At least one, in the order of the pack; immutable.
    public List<Reading> readings() {
        return readings;
    }

    public Set<String> properties() {
        var properties = new HashSet<String>();
        for (var reading : readings) properties.add(reading.property());
        return properties;
    }
}
