// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.carnet.Bytes;
import org.carnet.credential.AvatarCredential;
import org.carnet.credential.SdJwtRefused;
import org.carnet.credential.SdJwtVerifier;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.did.DidDocument;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Verifies requests between platforms twice: the platform by its signature and its certification, the avatar by its
/// credential and its holder's proof (FGMV-44 8.3).
///
/// Both proofs are bound to the same body, nonce and audience, so neither can be put behind another of the other kind.
/// Safe for use by many threads, if what it asks is.
public final class DoubleVerifier {
    /// The kind of credential that an avatar shows.
    public static final String AVATAR = AvatarCredential.TYPE;

    private static final Duration SKEW = SdJwtVerifier.SKEW;
    private static final int LONGEST_NONCE = 128;

    private final String self;
    private final PlatformKeys platforms;
    private final CertificationCheck certifications;
    private final AvatarStatus statuses;
    private final ReplayMemory memory;
    private final SdJwtVerifier.SignatureCheck signatures;

    /// Decides whether a credential that holds was taken back since.
    @FunctionalInterface
    public interface AvatarStatus {
        /// Why the credential counts no more, or null if it does.
        @Nullable String refusal(VerifiedSdJwt credential, Instant now);
    }

    /// @param self the DID of this platform
    /// @param signatures how issuers' signatures are checked; see [SdJwtVerifier.SignatureCheck#plain]
    public DoubleVerifier(
            String self,
            PlatformKeys platforms,
            CertificationCheck certifications,
            AvatarStatus statuses,
            ReplayMemory memory,
            SdJwtVerifier.SignatureCheck signatures) {
        this.self = self;
        this.platforms = platforms;
        this.certifications = certifications;
        this.statuses = statuses;
        this.memory = memory;
        this.signatures = signatures;
    }

    public ExchangeVerdict verify(PlatformRequest request, Instant now) {
        return new Check(request, now).verdict();
    }

    /// Ends a check.
    private static final class Unproven extends Exception {
        private static final long serialVersionUID = 1;
        private final ExchangeFlaw flaw;

        Unproven(ExchangeFlaw flaw, String why) {
            super(why, null, false, false);
            this.flaw = flaw;
        }
    }

    private final class Check {
        private final PlatformRequest request;
        private final Instant now;
        private @Nullable String identified;

        Check(PlatformRequest request, Instant now) {
            this.request = request;
            this.now = now;
        }

        ExchangeVerdict verdict() {
            try {
                return verified();
            } catch (Unproven e) {
                return new ExchangeRefused(e.flaw, String.valueOf(e.getMessage()), identified);
            } catch (IllegalArgumentException e) {
                return new ExchangeRefused(
                        ExchangeFlaw.MALFORMED, String.valueOf(e.getMessage()), identified);
            }
        }

        private DoublyVerified verified() throws Unproven {
            var input = input();
            var expires = requireFresh(input);
            var nonce = required(input, "nonce");
            if (nonce.isEmpty() || nonce.length() > LONGEST_NONCE)
                throw new IllegalArgumentException("the nonce is empty or too long");
            var document = requireSigned(input);
            var platform = document.id();
            identified = platform;
            var digest = ContentDigest.of(request.body());
            if (!digest.field().equals(request.component(PlatformRequest.DIGEST)))
                throw new Unproven(
                        ExchangeFlaw.BODY_CHANGED, "the body is not the one that was signed");
            var certifier = certifier(platform);
            var credential = avatar(document, nonce, digest);
            var taken = statuses.refusal(credential, now);
            if (taken != null) throw new Unproven(ExchangeFlaw.AVATAR_REFUSED, taken);
            if (!memory.isFirst(platform, nonce, expires.plus(SKEW)))
                throw new Unproven(ExchangeFlaw.REPLAYED, "the request was accepted before");
            return new DoublyVerified(platform, certifier, credential, request.body());
        }

        private SignatureInput input() throws Unproven {
            var field = request.component(PlatformRequest.INPUT);
            if (field == null || request.component(PlatformRequest.SIGNATURE) == null)
                throw new Unproven(
                        ExchangeFlaw.NO_PLATFORM_PROOF, "no platform signed the request");
            if (!present(PlatformRequest.PRESENTATION))
                throw new Unproven(ExchangeFlaw.NO_AVATAR_PROOF, "no avatar agreed to the request");
            if (!present(PlatformRequest.CERTIFICATION))
                throw new Unproven(ExchangeFlaw.UNCERTIFIED, "the platform shows no certification");
            var input = SignatureInput.parse(unlabelled(field));
            if (!input.components().equals(PlatformRequest.COVERED))
                throw new Unproven(
                        ExchangeFlaw.NOT_COVERED,
                        "the signature has to cover " + PlatformRequest.COVERED);
            if (!PlatformRequest.TAG.equals(input.string("tag")))
                throw new Unproven(ExchangeFlaw.WRONG_TAG, "the tag is not " + PlatformRequest.TAG);
            return input;
        }

        private boolean present(String field) {
            var value = request.component(field);
            return value != null && !value.isEmpty();
        }

        private static String unlabelled(String field) {
            if (field.startsWith(PlatformRequest.LABEL + "="))
                return field.substring(PlatformRequest.LABEL.length() + 1);
            throw new IllegalArgumentException(
                    "the signature is not labelled " + PlatformRequest.LABEL);
        }

        private Instant requireFresh(SignatureInput input) throws Unproven {
            var created = input.number("created");
            var expires = input.number("expires");
            if (created == null || expires == null)
                throw new IllegalArgumentException("the signature has no created or no expires");
            var from = Instant.ofEpochSecond(created);
            var until = Instant.ofEpochSecond(expires);
            if (from.isAfter(now.plus(SKEW)))
                throw new Unproven(ExchangeFlaw.NOT_YET_VALID, "the signature is of the future");
            if (!now.isBefore(until.plus(SKEW))
                    || until.isAfter(from.plus(PlatformRequest.LIFETIME)))
                throw new Unproven(
                        ExchangeFlaw.EXPIRED,
                        "the signature is good from %s to %s, for at most %s, and it is %s"
                                .formatted(from, until, PlatformRequest.LIFETIME, now));
            return until;
        }

        private DidDocument requireSigned(SignatureInput input) throws Unproven {
            var keyId = required(input, "keyid");
            var did = keyId.substring(0, Math.max(0, keyId.indexOf('#')));
            var document =
                    switch (platforms.resolve(did)) {
                        case PlatformKeys.Found(var found) -> found;
                        case PlatformKeys.NotFound(var why) ->
                                throw new Unproven(ExchangeFlaw.UNKNOWN_PLATFORM, why);
                    };
            var key = document.id().equals(did) ? document.key(keyId, "authentication") : null;
            if (key == null)
                throw new Unproven(
                        ExchangeFlaw.UNKNOWN_PLATFORM,
                        "the platform has no such key to prove with");
            if (!HttpSignature.holds(input, request::component, signature(), key))
                throw new Unproven(
                        ExchangeFlaw.BAD_SIGNATURE,
                        "the signature is not of this request by that key");
            return document;
        }

        private Bytes signature() {
            var field = unlabelled(String.valueOf(request.component(PlatformRequest.SIGNATURE)));
            if (field.length() < 2 || !field.startsWith(":") || !field.endsWith(":"))
                throw new IllegalArgumentException("the signature is no sequence of bytes");
            return Bytes.base64(field.substring(1, field.length() - 1));
        }

        private String certifier(String platform) throws Unproven {
            var shown = String.valueOf(request.component(PlatformRequest.CERTIFICATION));
            return switch (certifications.check(platform, shown, now)) {
                case CertificationCheck.Certified(var certifier) -> certifier;
                case CertificationCheck.Uncertified(var why) ->
                        throw new Unproven(ExchangeFlaw.UNCERTIFIED, why);
            };
        }

        /// The avatar's part, held to the platform's: its issuer, its nonce and its body.
        private VerifiedSdJwt avatar(DidDocument platform, String nonce, ContentDigest digest)
                throws Unproven {
            var shown = String.valueOf(request.component(PlatformRequest.PRESENTATION));
            var verifier =
                    new SdJwtVerifier(
                            AVATAR,
                            (issuer, keyId) ->
                                    issuer.equals(platform.id()) && keyId != null
                                            ? platform.key(keyId, "assertionMethod")
                                            : null,
                            signatures);
            return switch (verifier.verify(shown, self, nonce, now)) {
                case SdJwtRefused(var flaw, var why) ->
                        throw new Unproven(
                                switch (flaw) {
                                    case UNKNOWN_ISSUER -> ExchangeFlaw.FOREIGN_AVATAR;
                                    case WRONG_AUDIENCE -> ExchangeFlaw.WRONG_AUDIENCE;
                                    case WRONG_NONCE -> ExchangeFlaw.NOT_BOUND;
                                    case NO_KEY_BINDING -> ExchangeFlaw.NO_AVATAR_PROOF;
                                    default -> ExchangeFlaw.AVATAR_REFUSED;
                                },
                                why);
                case VerifiedSdJwt verified -> requireBound(verified, digest);
            };
        }

        private static VerifiedSdJwt requireBound(VerifiedSdJwt verified, ContentDigest digest)
                throws Unproven {
            var binding = verified.binding();
            if (binding == null || !binding.transactions().equals(List.of(digest.transaction())))
                throw new Unproven(
                        ExchangeFlaw.NOT_BOUND, "the avatar agreed to another body than this");
            return verified;
        }

        private static String required(SignatureInput input, String name) {
            var value = input.string(name);
            if (value == null) throw new IllegalArgumentException("the signature has no " + name);
            return value;
        }
    }
}
