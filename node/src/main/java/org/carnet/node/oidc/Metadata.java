// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import java.util.List;
import java.util.Map;

/// What the provider says of itself (OpenID Connect Discovery, RFC 8414): what works here, and nothing else.
final class Metadata {
    private static final List<String> PROOFS = List.of("private_key_jwt", "none");
    private static final List<String> ALGORITHMS = List.of("ES256", "EdDSA");

    private Metadata() {}

    /// Puts right what Spring Security says of itself.
    static void complete(Map<String, Object> claims) {
        claims.keySet().removeIf(name -> name.startsWith("tls_"));
        for (var endpoint : List.of("token", "revocation", "introspection")) {
            claims.put(endpoint + "_endpoint_auth_methods_supported", PROOFS);
            claims.put(endpoint + "_endpoint_auth_signing_alg_values_supported", ALGORITHMS);
        }
        claims.put("introspection_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        claims.put(
                "grant_types_supported",
                List.of(
                        "authorization_code",
                        "refresh_token",
                        "client_credentials",
                        "urn:ietf:params:oauth:grant-type:device_code"));
        claims.put("response_modes_supported", List.of("query"));
        claims.put("scopes_supported", Client.SCOPES.stream().sorted().toList());
        claims.put("subject_types_supported", List.of("pairwise"));
        claims.put("id_token_signing_alg_values_supported", ALGORITHMS);
        claims.put("dpop_signing_alg_values_supported", List.of("ES256"));
        claims.put("acr_values_supported", SignInLevel.all());
        claims.put(
                "prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        claims.put(
                "claims_supported",
                List.of("sub", "auth_time", "amr", "acr", "preferred_username"));
        claims.put("claims_parameter_supported", false);
        claims.put("request_parameter_supported", false);
        claims.put("request_uri_parameter_supported", false);
        claims.put("authorization_response_iss_parameter_supported", true);
    }
}
