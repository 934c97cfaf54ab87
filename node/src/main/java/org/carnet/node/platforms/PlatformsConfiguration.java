// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Puts together what this node is to other platforms.
@Configuration(proxyBeanMethods = false)
public class PlatformsConfiguration {
    @Bean
    PlatformIdentity platformIdentity(
            Settings settings, NodeIdentity node, SecureRandom random, InstantSource clock)
            throws IOException {
        var host = settings.platforms().host();
        if (host.isPresent())
            return OwnDid.open(settings.dataDirectory().resolve("keys"), host.get(), random, clock);
        var did = node.key().did();
        var itself = new PlatformIdentity.Current(did.value(), did.keyId(), node.key());
        return () -> itself;
    }

    @Bean
    PlatformController platformController(PlatformIdentity identity, Records records) {
        return new PlatformController(
                identity, identity instanceof OwnDid did ? did : null, new Diary(records));
    }
}
