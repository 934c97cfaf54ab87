// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.identity.DidKey;

/// A device that its maker vouches for, and what it says of itself; only [AttestationVerifier] makes one.
public final class Attested implements AttestationVerdict {
    private final DeviceIdentity device;
    private final Eat claims;
    private final DidKey key;

    Attested(DeviceIdentity device, Eat claims, DidKey key) {
        this.device = device;
        this.claims = claims;
        this.key = key;
    }

    public DeviceIdentity device() {
        return device;
    }

    public Eat claims() {
        return claims;
    }

    /// The key that the device wants to be known by, and holds.
    public DidKey key() {
        return key;
    }
}
