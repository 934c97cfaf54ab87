// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The update as a compact JWS.
final class JwsPack {
    private static final String JSON = "senml+json";
    private static final String XML = "senml+xml";

    private JwsPack() {}

    static SignedPack decode(Bytes raw) throws Malformed {
        var jws = Jws.parse(raw.unsafeArray());
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
                jws.payload(),
                jws.signingInput(),
                jws.signature());
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
                                algorithm(key),
                                key.did(),
                                form == Form.JWS_SENML_XML ? XML : JSON,
                                sequence,
                                Seconds.text(signedAt),
                                thing.equals(key.did()) ? "" : ",\"sub\":\"" + thing + "\"");
        return Jws.sign(header, payload, key);
    }

    /// `EdDSA` rather than the newer `Ed25519` (RFC 9864), which fewer libraries know yet.
    static String algorithm(SigningKey key) {
        return switch (key.algorithm()) {
            case ED25519 -> "EdDSA";
            case P256 -> "ES256";
        };
    }
}
