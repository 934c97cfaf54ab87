// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.hosting;

import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

/// Puts together what keeps objects for other nodes.
@Configuration(proxyBeanMethods = false)
public class HostingConfiguration {
    @Bean
    HostedController hostedController(Settings settings, InstantSource clock) {
        var hosting = settings.hosting();
        return new HostedController(
                new Guests(
                        settings.dataDirectory().resolve("hosted"),
                        hosting.guests(),
                        settings.name(),
                        hosting.quotaBytes(),
                        clock));
    }
}
