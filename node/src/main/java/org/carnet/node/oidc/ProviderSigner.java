// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.jose.Jws;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;

/// Signs every token of the provider with the key that is current, so that no other algorithm is possible.
final class ProviderSigner implements JwtEncoder {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ProviderKeys keys;

    ProviderSigner(ProviderKeys keys) {
        this.keys = keys;
    }

    @Override
    public Jwt encode(JwtEncoderParameters parameters) {
        var asked = parameters.getJwsHeader();
        var isEdDsa = asked != null && "EdDSA".equals(asked.getAlgorithm().getName());
        var key = keys.current(isEdDsa ? Algorithm.ED25519 : Algorithm.P256);
        var headers = new LinkedHashMap<String, Object>();
        headers.put("alg", Jws.name(key.algorithm()));
        headers.put("kid", ProviderKeys.id(key));
        if (asked != null && asked.getType() != null) headers.put("typ", asked.getType());
        var claims = new LinkedHashMap<String, Object>();
        parameters
                .getClaims()
                .getClaims()
                .forEach(
                        (name, value) ->
                                claims.put(
                                        name,
                                        switch (value) {
                                            case Instant at -> at.getEpochSecond();
                                            case Date at -> at.toInstant().getEpochSecond();
                                            default -> value;
                                        }));
        var text =
                Jws.sign(
                                JSON.writeValueAsString(headers),
                                Bytes.utf8(JSON.writeValueAsString(claims)),
                                key)
                        .toUtf8();
        return new Jwt(
                text,
                parameters.getClaims().getIssuedAt(),
                parameters.getClaims().getExpiresAt(),
                headers,
                parameters.getClaims().getClaims());
    }
}
