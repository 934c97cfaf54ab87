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
import java.util.Set;

/// Says to one node that a thing has this key from now on (docs/wire/thing-keys.md).
///
/// Signed by that key, it shows that whoever asks holds it; signed by the key before it, that the thing agrees. Only the
/// verifier makes one. It needs no number of its own: a thing never has the same key twice, so none works twice.
public final class KeyStatement implements Statement {
    /// How long a statement is good after it was made, and how far the clocks may be apart.
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String TYPE = "thing-key+jwt";
    private static final Set<String> CLAIMS = Set.of("sub", "key", "aud", "iat");

    private final DidKey signer;
    private final DidKey thing;
    private final DidKey key;

    private KeyStatement(DidKey signer, DidKey thing, DidKey key) {
        this.signer = signer;
        this.thing = thing;
        this.key = key;
    }

    /// Whose word it is: the new key's or the old one's.
    public DidKey signer() {
        return signer;
    }

    /// Which thing, by the identifier that it keeps.
    public DidKey thing() {
        return thing;
    }

    /// The key that the thing has from now on.
    public DidKey key() {
        return key;
    }

    /// @param audience the name of the node
    public static String create(
            SigningKey signer, DidKey thing, DidKey key, String audience, Instant now) {
        var header = Json.object().put("alg", Jws.name(signer.algorithm())).put("typ", TYPE);
        header.put("kid", signer.did().value());
        var claims = Json.object().put("sub", thing.value()).put("key", key.value());
        claims.put("aud", audience).put("iat", now.getEpochSecond());
        return Jws.sign(Json.text(header), Bytes.utf8(Json.text(claims)), signer).toUtf8();
    }

    /// The statement in the text, if it is made by the key it names, for this audience, and now.
    public static Statement verify(String text, String audience, Instant now) {
        if (text.length() > SignedPack.MAX_BYTES)
            return new Refused(Reason.TOO_LARGE, "a statement is shorter than that");
        try {
            var jws = JwsPack.jws(Bytes.utf8(text));
            var header = JoseHeader.parse(jws.header());
            if (!TYPE.equals(header.type())) throw Malformed.envelope("typ is not " + TYPE);
            var signer = header.signer();
            if (!VerificationKey.of(signer)
                    .verify(jws.signingInput().unsafeArray(), jws.signature().unsafeArray()))
                return new Refused(
                        Reason.BAD_SIGNATURE,
                        "the signature is not of this statement by " + signer);
            return judge(signer, jws.payload(), audience, now);
        } catch (Malformed e) {
            return e.refused();
        } catch (IllegalArgumentException e) {
            return Malformed.envelope(String.valueOf(e.getMessage())).refused();
        }
    }

    private static Statement judge(DidKey signer, Bytes payload, String audience, Instant now)
            throws Malformed {
        var claims = Json.object(payload);
        if (!Set.copyOf(claims.propertyNames()).equals(CLAIMS))
            throw Malformed.envelope("a statement says sub, key, aud and iat, and nothing else");
        var iat = claims.path("iat");
        if (!iat.isIntegralNumber() || !iat.canConvertToLong())
            throw Malformed.envelope("iat is not a whole number");
        var said = claims.path("aud").asString("");
        if (!said.equals(audience))
            return new Refused(
                    Reason.WRONG_ROUTE,
                    "the statement is for " + Malformed.quote(said) + ", not for " + audience);
        var made = Claims.instant(iat.asDouble());
        if (Duration.between(made, now).abs().compareTo(LIFETIME) > 0)
            return new Refused(Reason.CLOCK_SKEW, "the statement was made at " + made);
        return new KeyStatement(
                signer,
                DidKey.parse(claims.path("sub").asString("")),
                DidKey.parse(claims.path("key").asString("")));
    }
}
