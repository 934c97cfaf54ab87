// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.Jwk;
import org.carnet.identity.SignatureMemory;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.carnet.jose.JwtHeader;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Verifies SD-JWT credentials and the proofs of their holders, by every rule of RFC 9901 section 7.
///
/// Whoever asks for a holder's proof says for whom and for which occasion it has to be made; that an occasion is used
/// once only is theirs to see to. Safe for use by many threads.
public final class SdJwtVerifier {
    /// How far the clocks of issuer, holder and verifier may be apart.
    public static final Duration SKEW = Duration.ofMinutes(1);

    /// How old a holder's proof may be.
    public static final Duration FRESH = Duration.ofMinutes(5);

    /// These decide whether a credential is good, so that a holder must not be able to leave them out
    /// (SD-JWT VC section 2.2.2.2).
    private static final Set<String> NEVER_HIDDEN =
            Set.of("/iss", "/nbf", "/exp", "/cnf", "/vct", "/status");

    private final String credential;
    private final IssuerKeys issuers;
    private final SignatureCheck signatures;

    /// How an issuer's signature is checked; whoever remembers that one held gives another than [#plain].
    @FunctionalInterface
    public interface SignatureCheck {
        boolean holds(Jws jws, VerificationKey key, String algorithm);

        static SignatureCheck plain() {
            return Jws::isSignedBy;
        }

        /// An issuer's signature that held is not computed again when the same copy is shown again.
        static SignatureCheck remembered(SignatureMemory memory) {
            return (jws, key, algorithm) -> jws.isSignedBy(memory.remembering(key), algorithm);
        }
    }

    /// @param credential the `vct` that is asked for
    public SdJwtVerifier(String credential, IssuerKeys issuers, SignatureCheck signatures) {
        this.credential = credential;
        this.issuers = issuers;
        this.signatures = signatures;
    }

    public SdJwtVerifier(String credential, IssuerKeys issuers) {
        this(credential, issuers, SignatureCheck.plain());
    }

    /// The credential alone, whoever shows it.
    public SdJwtVerdict verify(String text, Instant now) {
        return judge(text, null, null, now);
    }

    /// The credential with the proof of its holder, made for this audience and this nonce.
    public SdJwtVerdict verify(String text, String audience, String nonce, Instant now) {
        return judge(text, audience, nonce, now);
    }

    private SdJwtVerdict judge(
            String text, @Nullable String audience, @Nullable String nonce, Instant now) {
        try {
            var sdJwt = SdJwt.parse(text);
            var issued = Json.object(sdJwt.jws().payload());
            var issuer = issuer(sdJwt.jws(), issued);
            var unfolded = Unfolding.of(issued, sdJwt.disclosures());
            var claims = unfolded.claims();
            if (unfolded.places().keySet().stream().anyMatch(NEVER_HIDDEN::contains))
                throw new SdJwtFlawed(
                        SdJwtFlaw.HIDDEN_CLAIM,
                        "one of iss, nbf, exp, cnf, vct and status is in a disclosure");
            if (!claims.path("vct").asString("").equals(credential))
                throw new SdJwtFlawed(
                        SdJwtFlaw.WRONG_CREDENTIAL, "the credential is no " + credential);
            Times.check(claims, now);
            if (audience == null || nonce == null)
                return new VerifiedSdJwt(issuer, claims, null, null);
            var holder = holder(claims);
            var binding = binding(sdJwt, holder, now);
            if (!binding.audience().equals(audience))
                throw new SdJwtFlawed(
                        SdJwtFlaw.WRONG_AUDIENCE, "the holder's proof is not for " + audience);
            if (!binding.nonce().equals(nonce))
                throw new SdJwtFlawed(
                        SdJwtFlaw.WRONG_NONCE, "the holder's proof is for another nonce");
            return new VerifiedSdJwt(issuer, claims, holder.did(), binding);
        } catch (SdJwtFlawed e) {
            return e.refused();
        } catch (IllegalArgumentException e) {
            return new SdJwtRefused(SdJwtFlaw.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /// Who signed, known from elsewhere; nothing but its signature is believed of the credential before.
    private String issuer(Jws jws, ObjectNode claims) throws SdJwtFlawed {
        var header = header(jws, SdJwtIssuance.TYPE);
        var issuer = claims.path("iss").asString("");
        var key = issuers.find(issuer, header.keyId());
        if (key == null)
            throw new SdJwtFlawed(
                    SdJwtFlaw.UNKNOWN_ISSUER, "no trusted issuer has a key of this name");
        if (!signatures.holds(jws, key, header.algorithm()))
            throw new SdJwtFlawed(
                    SdJwtFlaw.BAD_SIGNATURE, "the signature is not of these bytes by the issuer");
        return issuer;
    }

    private static JwtHeader header(Jws jws, String type) throws SdJwtFlawed {
        var header = JwtHeader.parse(jws.header());
        if (!header.isSpoken())
            throw new SdJwtFlawed(
                    SdJwtFlaw.UNSUPPORTED_ALGORITHM, "the algorithm is neither ES256 nor Ed25519");
        if (!header.type().equals(type))
            throw new SdJwtFlawed(SdJwtFlaw.WRONG_TYPE, "typ is not " + type);
        return header;
    }

    private static VerificationKey holder(ObjectNode claims) throws SdJwtFlawed {
        try {
            return Jwk.key(claims.path("cnf").path("jwk"));
        } catch (IllegalArgumentException e) {
            throw new SdJwtFlawed(SdJwtFlaw.NO_HOLDER_KEY, "cnf: " + e.getMessage());
        }
    }

    private static KeyBinding binding(SdJwt sdJwt, VerificationKey holder, Instant now)
            throws SdJwtFlawed {
        var text = sdJwt.binding();
        if (text == null)
            throw new SdJwtFlawed(SdJwtFlaw.NO_KEY_BINDING, "the holder's proof is missing");
        var jws = Jws.parse(Bytes.utf8(text));
        var header = header(jws, KeyBinding.TYPE);
        if (!jws.isSignedBy(holder, header.algorithm()))
            throw new SdJwtFlawed(
                    SdJwtFlaw.BAD_KEY_BINDING,
                    "the proof is not signed by the key that the credential was issued to");
        var claims = Json.object(jws.payload());
        if (!claims.path("sd_hash").asString("").equals(sdJwt.hash()))
            throw new SdJwtFlawed(
                    SdJwtFlaw.WRONG_SD_HASH,
                    "the proof was made over another credential or other disclosures");
        var issuedAt = Times.instant(claims, "iat");
        if (issuedAt == null
                || issuedAt.isAfter(now.plus(SKEW))
                || issuedAt.isBefore(now.minus(FRESH)))
            throw new SdJwtFlawed(
                    SdJwtFlaw.STALE_KEY_BINDING,
                    "the proof was made at %s, and it is %s".formatted(issuedAt, now));
        Times.check(claims, now);
        return new KeyBinding(
                required(claims, "aud"), required(claims, "nonce"), issuedAt, hashes(claims));
    }

    private static String required(ObjectNode claims, String name) {
        var value = claims.path(name);
        if (value.isString() && !value.stringValue().isEmpty()) return value.stringValue();
        throw new IllegalArgumentException("the holder's proof has no " + name);
    }

    private static List<String> hashes(ObjectNode claims) {
        var algorithm = claims.path("transaction_data_hashes_alg");
        if (!algorithm.isMissingNode() && !algorithm.asString("").equals(Digest.NAME))
            throw new IllegalArgumentException("transaction_data_hashes_alg is not sha-256");
        var hashes = claims.path("transaction_data_hashes");
        if (hashes.isMissingNode()) return List.of();
        if (!hashes.isArray() || !hashes.valueStream().allMatch(one -> one.isString()))
            throw new IllegalArgumentException("transaction_data_hashes is no array of digests");
        return hashes.valueStream().map(one -> one.stringValue()).toList();
    }
}
