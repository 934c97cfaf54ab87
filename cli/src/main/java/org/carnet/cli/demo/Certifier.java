// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.NodeClient;
import org.carnet.credential.JoseCredential;
import org.carnet.credential.PlatformCertification;
import org.carnet.identity.SigningKey;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Somebody whom Agora and Arcadia believe about other platforms.
record Certifier(SigningKey key) {
    private static final Duration LIFE = Duration.ofDays(365);

    String did() {
        return key.did().value();
    }

    /// Vouches for a platform, which shows it to others from then on.
    void certify(NodeClient platform, Instant now) throws IOException {
        var certification =
                new PlatformCertification(
                        platform.get("api/platform").path("did").asString(),
                        PlatformCertification.Level.HIGH,
                        List.of("crossing"),
                        now.minusSeconds(60),
                        now.plus(LIFE));
        var credential = certification.unsigned(did());
        credential.put("id", "urn:uuid:" + UUID.randomUUID());
        var jwt = JoseCredential.sign(credential, key.did().keyId(), key);
        platform.post("api/certifications/own", Map.of("certification", jwt));
    }
}
