// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Jws;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The update as a compact JWS.
final class JwsPack {
    private static final String JSON = "senml+json";
    private static final String XML = "senml+xml";

    private JwsPack() {}

    static SignedPack decode(Bytes raw) throws Malformed {
        var jws = jws(raw);
        var header = JoseHeader.parse(jws.header());
        var signer = header.signer();
        var subject = header.subject();
        var issuedAt = header.issuedAt();
        if (header.sequence() == 0 || issuedAt == null)
            throw Malformed.envelope("the header of a pack needs seq and iat");
        return new SignedPack(
                form(header.contentType()),
                raw,
                signer,
                subject == null ? signer : Claims.did(subject, "sub"),
                header.sequence(),
                issuedAt,
                jws.payload().unsafeArray(),
                jws.signingInput().unsafeArray(),
                jws.signature().unsafeArray());
    }

    static Jws jws(Bytes raw) throws Malformed {
        try {
            return Jws.parse(raw);
        } catch (IllegalArgumentException e) {
            throw Malformed.envelope(String.valueOf(e.getMessage()));
        }
    }

    private static Form form(@Nullable String contentType) throws Malformed {
        if (JSON.equals(contentType)) return Form.JWS_SENML_JSON;
        if (XML.equals(contentType)) return Form.JWS_SENML_XML;
        throw Malformed.envelope("cty is neither senml+json nor senml+xml");
    }

    static byte[] sign(
            SigningKey key,
            Form form,
            DidKey thing,
            long sequence,
            Instant signedAt,
            byte[] payload) {
        var header =
                "{\"alg\":\"%s\",\"kid\":\"%s\",\"cty\":\"%s\",\"seq\":%d,\"iat\":%s%s}"
                        .formatted(
                                Jws.name(key.algorithm()),
                                key.did(),
                                form == Form.JWS_SENML_XML ? XML : JSON,
                                sequence,
                                Seconds.text(signedAt),
                                thing.equals(key.did()) ? "" : ",\"sub\":\"" + thing + "\"");
        return Jws.sign(header, Bytes.unsafe(payload), key).unsafeArray();
    }
}
