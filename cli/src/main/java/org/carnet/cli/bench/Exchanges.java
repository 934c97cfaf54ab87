// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.credential.CredentialVerdict;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.Envelope;
import org.carnet.credential.JoseCredential;
import org.carnet.credential.PlatformCertification;
import org.carnet.credential.SdJwtVerifier;
import org.carnet.credential.VerificationMethods;
import org.carnet.credential.VerifiedCredential;
import org.carnet.did.DidDocument;
import org.carnet.exchange.CertificationCheck;
import org.carnet.exchange.DoubleVerifier;
import org.carnet.exchange.DoublyVerified;
import org.carnet.exchange.ExchangeRefused;
import org.carnet.exchange.PlatformKeys;
import org.carnet.exchange.PlatformRequest;
import org.carnet.identity.SignatureMemory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Requests between platforms, each verified twice: the platform's signature and certification, the avatar's credential and
/// proof. That is four signatures, of which two are never seen before.
final class Exchanges {
    static final int SIGNATURES = 4;

    private static final int PLATFORMS = 20;
    private static final String TARGET = "https://arcadia.example/platforms/introductions";
    private static final Bytes BODY =
            Bytes.utf8("{\"purpose\":\"visit\",\"until\":\"2026-11-21\"}");

    private final Credentials credentials;
    private final List<PlatformRequest> requests = new ArrayList<>();

    /// The documents of the platforms, as a node keeps them once they are resolved.
    private final Map<String, DidDocument> documents = new HashMap<>();

    /// Requests come round again, so each is remembered as a node does and then believed to be the first.
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    Exchanges(Credentials credentials) {
        this.credentials = credentials;
        for (int i = 0; i < Credentials.COUNT; i++) requests.add(request(i));
    }

    private PlatformRequest request(int number) {
        var platform = credentials.holder(number % PLATFORMS);
        var did = platform.did();
        documents.putIfAbsent(did.value(), DidDocument.of(did));
        var certifier = credentials.issuer(number % PLATFORMS);
        var certification =
                JoseCredential.sign(
                        credentials.certification(number % PLATFORMS),
                        certifier.did().keyId(),
                        certifier);
        var holder = credentials.holder(number);
        return PlatformRequest.sign(
                "POST",
                TARGET,
                BODY,
                Credentials.VERIFIER,
                "nonce-" + number,
                new PlatformRequest.Platform(platform, did.keyId(), certification),
                new PlatformRequest.Avatar(
                        credentials.avatar(platform, did.value(), did.keyId(), holder), holder),
                Credentials.NOW);
    }

    /// Knows platforms and certifiers, and computes every signature.
    Rate.Act uncached() {
        return act(credentials.verifier(credentials.known()), SdJwtVerifier.SignatureCheck.plain());
    }

    /// Has met the certification and the avatar's credential before.
    Rate.Act cached() {
        var memory = new SignatureMemory(4 * Credentials.COUNT);
        return act(
                credentials.verifier(VerificationMethods.ofDidKey(memory)),
                SdJwtVerifier.SignatureCheck.remembered(memory));
    }

    private Rate.Act act(CredentialVerifier verifier, SdJwtVerifier.SignatureCheck signatures) {
        var doubly =
                new DoubleVerifier(
                        Credentials.VERIFIER,
                        this::resolve,
                        (platform, shown, now) -> certified(verifier, platform, shown, now),
                        (avatar, now) -> null,
                        (platform, nonce, until) -> {
                            seen.put(platform + " " + nonce, until);
                            return true;
                        },
                        signatures);
        return i -> {
            switch (doubly.verify(requests.get(i % requests.size()), Credentials.NOW)) {
                case DoublyVerified _ -> {}
                case ExchangeRefused refused ->
                        throw new IllegalStateException("a good request was refused: " + refused);
            }
        };
    }

    private PlatformKeys.Answer resolve(String did) {
        var document = documents.get(did);
        return document == null
                ? new PlatformKeys.NotFound("nobody knows " + did)
                : new PlatformKeys.Found(document);
    }

    private static CertificationCheck.Answer certified(
            CredentialVerifier verifier, String platform, String shown, Instant now) {
        return switch (verifier.verify(Envelope.ofCredential(shown), now)) {
            case VerifiedCredential verified
                    when PlatformCertification.of(verified).platform().equals(platform) ->
                    new CertificationCheck.Certified(verified.credential().issuer());
            case VerifiedCredential _ -> new CertificationCheck.Uncertified("another platform");
            case CredentialVerdict.Rejected(var reasons) ->
                    new CertificationCheck.Uncertified(reasons.getFirst().why());
        };
    }
}
