// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;

import java.time.Duration;
import java.time.Instant;

/// A gateway's proof, for one node and a few minutes, that it holds the key of its identifier (docs/wire/gateway-proof.md).
///
/// Only the verifier makes one. That its [#id] is used only once is for the caller to see to.
public final class GatewayProof implements Admission {
    /// How long a proof is good after it was made.
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /// How far the clocks of gateway and node may be apart.
    public static final Duration SKEW = Duration.ofMinutes(1);

    private static final String TYPE = "gateway-proof+jwt";

    private final DidKey gateway;
    private final String id;
    private final Instant expires;

    private GatewayProof(DidKey gateway, String id, Instant expires) {
        this.gateway = gateway;
        this.id = id;
        this.expires = expires;
    }

    public DidKey gateway() {
        return gateway;
    }

    /// The number of the proof, used once.
    public String id() {
        return id;
    }

    /// Until when the proof is good, and its [#id] has to be remembered.
    public Instant expires() {
        return expires;
    }

    /// A proof for the audience (the identifier of a node), good from now on.
    public static String create(SigningKey gateway, String audience, Instant now, String id) {
        var header =
                "{\"alg\":\"%s\",\"typ\":\"%s\",\"kid\":\"%s\"}"
                        .formatted(Jws.name(gateway.algorithm()), TYPE, gateway.did());
        var payload = new StringBuilder("{\"iss\":\"").append(gateway.did()).append("\",\"aud\":");
        Json.quoted(payload, audience);
        payload.append(",\"iat\":").append(now.getEpochSecond());
        payload.append(",\"exp\":").append(now.plus(LIFETIME).getEpochSecond());
        payload.append(",\"jti\":");
        Json.quoted(payload, id);
        var claims = Bytes.utf8(payload.append('}').toString());
        return Jws.sign(header, claims, gateway).toUtf8();
    }

    /// The proof in the text, if it is made by the gateway it names, for this audience, and good now.
    public static Admission verify(String text, String audience, Instant now) {
        if (text.length() > SignedPack.MAX_BYTES)
            return new Refused(Reason.TOO_LARGE, "a proof is shorter than that");
        try {
            var jws = JwsPack.jws(Bytes.utf8(text));
            var gateway = gateway(jws);
            var claims = GatewayClaims.parse(jws.payload());
            if (!key(gateway)
                    .verify(jws.signingInput().unsafeArray(), jws.signature().unsafeArray()))
                return new Refused(
                        Reason.BAD_SIGNATURE, "the signature is not of this proof by " + gateway);
            return judge(gateway, claims, audience, now);
        } catch (Malformed e) {
            return e.refused();
        }
    }

    private static DidKey gateway(Jws jws) throws Malformed {
        var header = JoseHeader.parse(jws.header());
        if (!TYPE.equals(header.type())) throw Malformed.envelope("typ is not " + TYPE);
        return header.signer();
    }

    private static VerificationKey key(DidKey gateway) throws Malformed {
        try {
            return VerificationKey.of(gateway);
        } catch (IllegalArgumentException e) {
            throw Malformed.envelope("kid: " + e.getMessage());
        }
    }

    private static Admission judge(
            DidKey gateway, GatewayClaims claims, String audience, Instant now) {
        if (!claims.issuer().equals(gateway.value()))
            return new Refused(Reason.WRONG_KEY, "iss is not the gateway that signed");
        if (!claims.audience().equals(audience))
            return new Refused(
                    Reason.WRONG_ROUTE,
                    "the proof is for "
                            + Malformed.quote(claims.audience())
                            + ", not for "
                            + audience);
        if (claims.issuedAt().isAfter(now.plus(SKEW))
                || !now.isBefore(claims.expires().plus(SKEW))
                || claims.expires().isAfter(claims.issuedAt().plus(LIFETIME)))
            return new Refused(
                    Reason.CLOCK_SKEW,
                    "the proof is good from %s to %s, for at most %s, and it is %s"
                            .formatted(claims.issuedAt(), claims.expires(), LIFETIME, now));
        return new GatewayProof(gateway, claims.id(), claims.expires().plus(SKEW));
    }
}
