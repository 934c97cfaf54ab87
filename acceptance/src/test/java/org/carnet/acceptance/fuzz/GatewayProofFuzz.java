// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.Bytes;
import org.carnet.envelope.GatewayProof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Whatever a gateway shows, with a good signature or without, is a proof or is refused.
public final class GatewayProofFuzz {
    static final String NODE = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");

    private static final String HEADER =
            Bytes.utf8(
                            "{\"alg\":\"EdDSA\",\"typ\":\"gateway-proof+jwt\",\"kid\":\""
                                    + SenmlFuzz.KEY.did()
                                    + "\"}")
                    .toBase64Url();

    private GatewayProofFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        GatewayProof.verify(new String(input, StandardCharsets.UTF_8), NODE, NOW);
        var signed = HEADER + "." + Bytes.copyOf(input).toBase64Url();
        var signature = SenmlFuzz.KEY.sign(signed.getBytes(StandardCharsets.US_ASCII));
        GatewayProof.verify(signed + "." + Bytes.copyOf(signature).toBase64Url(), NODE, NOW);
    }
}
