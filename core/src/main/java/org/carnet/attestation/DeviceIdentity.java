// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A device as its maker knows it; only the verifiers of chains and credentials make one.
public final class DeviceIdentity implements Endorsement {
    private final String maker;
    private final String serialNumber;
    private final DidKey key;

    DeviceIdentity(String maker, String serialNumber, DidKey key) {
        this.maker = maker;
        this.serialNumber = serialNumber;
        this.key = key;
    }

    /// The name of the authority that the operator trusts, or the identifier of the maker.
    public String maker() {
        return maker;
    }

    public String serialNumber() {
        return serialNumber;
    }

    /// The key that was put into the device when it was made.
    public DidKey key() {
        return key;
    }

    /// The same for every certificate of this device: two devices with it are one, or one is a copy.
    public Bytes fingerprint() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(maker.getBytes(StandardCharsets.UTF_8));
            hash.update((byte) 0);
            return Bytes.unsafe(hash.digest(serialNumber.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
