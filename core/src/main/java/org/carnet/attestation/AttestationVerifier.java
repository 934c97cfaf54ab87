// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides whether a device is what its maker says, and holds the key that it wants to be known by.
///
/// Four things have to hold together: the maker vouches for a key; that key signed what the device says of itself, for
/// this occasion; the key that the device wants to be known by signed for the same occasion; and the operator's policy
/// takes devices in that state.
public final class AttestationVerifier {
    /// How far a device's clock may be off, if it has one.
    public static final Duration SKEW = Duration.ofMinutes(5);

    /// In which state a device may be.
    ///
    /// @param debugging whether its debugging facilities may be open
    /// @param anyBoot whether it may have started with software that its maker did not approve
    public record Policy(boolean debugging, boolean anyBoot) {}

    private final DeviceChain chains;
    private final MakerCredential credentials;
    private final Policy policy;

    public AttestationVerifier(DeviceChain chains, MakerCredential credentials, Policy policy) {
        this.chains = chains;
        this.credentials = credentials;
        this.policy = policy;
    }

    /// Checks what a device shows.
    ///
    /// @param nonce what it was asked with, for this occasion only
    public AttestationVerdict verify(Evidence evidence, Bytes nonce, Instant now) {
        var endorsement =
                switch (evidence.endorsement()) {
                    case Evidence.Chain(var certificates) -> chains.verify(certificates, now);
                    case Evidence.Credential(var text) -> credentials.verify(text, now);
                };
        return switch (endorsement) {
            case AttestationRefused refused -> refused;
            case DeviceIdentity device -> judge(device, evidence, nonce, now);
        };
    }

    private AttestationVerdict judge(
            DeviceIdentity device, Evidence evidence, Bytes nonce, Instant now) {
        try {
            var token = EatToken.parse(evidence.attestation());
            if (!token.isSignedBy(device.key()))
                throw new AttestationFlawed(
                        AttestationFlaw.WRONG_SIGNER,
                        "the attestation is not signed by the key that the maker vouches for");
            require(token.claims(), nonce, now);
            var key = key(token.claims(), device, evidence.possession(), nonce, now);
            check(token.claims());
            return new Attested(device, token.claims(), key);
        } catch (AttestationFlawed e) {
            return e.refused();
        }
    }

    private static void require(Eat claims, Bytes nonce, Instant now) throws AttestationFlawed {
        if (!claims.nonce().equals(nonce))
            throw new AttestationFlawed(
                    AttestationFlaw.WRONG_NONCE, "the token was made for another occasion");
        var made = claims.issuedAt();
        if (made.isPresent() && Duration.between(made.get(), now).abs().compareTo(SKEW) > 0)
            throw new AttestationFlawed(
                    AttestationFlaw.STALE, "the token says that it was made at " + made.get());
    }

    /// The device's own key shows that it holds itself; another one has to show it by a token of its own.
    private static DidKey key(
            Eat claims, DeviceIdentity device, Optional<Bytes> possession, Bytes nonce, Instant now)
            throws AttestationFlawed {
        if (claims.key().isEmpty()) return device.key();
        var key = claims.key().get();
        if (key.equals(device.key())) return key;
        if (possession.isEmpty())
            throw new AttestationFlawed(
                    AttestationFlaw.NO_POSSESSION, "nothing is signed by the key in cnf");
        var token = EatToken.parse(possession.get());
        if (!token.isSignedBy(key))
            throw new AttestationFlawed(
                    AttestationFlaw.WRONG_POSSESSION,
                    "the possession is not signed by the key in cnf");
        require(token.claims(), nonce, now);
        return key;
    }

    private void check(Eat claims) throws AttestationFlawed {
        if (!policy.debugging()
                && claims.debug().filter(state -> state != Eat.Debug.ENABLED).isEmpty())
            throw new AttestationFlawed(
                    AttestationFlaw.DEBUG_ENABLED,
                    "the device does not say that its debugging facilities are closed");
        if (!policy.anyBoot() && !claims.secureBoot().orElse(false))
            throw new AttestationFlawed(
                    AttestationFlaw.INSECURE_BOOT,
                    "the device does not say that it started with its maker's software");
    }
}
