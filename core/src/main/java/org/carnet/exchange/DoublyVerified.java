// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.carnet.Bytes;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.identity.DidKey;

import java.util.Objects;

/// A request that a certified platform and an avatar of its own both proved, over the same body, for this platform, now.
///
/// Only [DoubleVerifier] makes one.
public final class DoublyVerified implements ExchangeVerdict {
    private final String platform;
    private final String certifier;
    private final VerifiedSdJwt credential;
    private final Bytes body;

    DoublyVerified(String platform, String certifier, VerifiedSdJwt credential, Bytes body) {
        this.platform = platform;
        this.certifier = certifier;
        this.credential = credential;
        this.body = body;
    }

    /// The DID of the platform that asks.
    public String platform() {
        return platform;
    }

    /// Who vouches for it.
    public String certifier() {
        return certifier;
    }

    /// What the avatar showed of itself.
    public VerifiedSdJwt credential() {
        return credential;
    }

    /// The avatar, under the identifier that it has for this platform.
    public DidKey avatar() {
        return Objects.requireNonNull(credential.holder());
    }

    /// What both agreed to.
    public Bytes body() {
        return body;
    }
}
