// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import org.carnet.node.points.AvatarReads;
import org.carnet.node.points.DiskUse;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Traffic;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.carnet.node.web.StreamHandshake;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

import java.time.InstantSource;

/// Puts the page's own data together.
@Configuration(proxyBeanMethods = false)
public class ConsoleConfiguration {
    @Bean
    Framework framework(
            Traffic traffic, RecordReads records, Permissions permissions, AvatarReads avatars) {
        return new Framework(traffic, records, permissions, avatars);
    }

    @Bean
    Growth growth() {
        return new Growth();
    }

    @Bean
    GrowthMeter growthMeter(Growth growth, RecordReads records, DiskUse use, InstantSource clock) {
        return new GrowthMeter(growth, records, use, clock);
    }

    @Bean
    GrowthController growthController(Growth growth) {
        return new GrowthController(growth);
    }

    @Bean
    NodeController nodeController(
            Settings settings,
            NodeIdentity node,
            InstantSource clock,
            Ports ports,
            Framework framework) {
        var identity =
                new NodeController.Identity(
                        settings.name(),
                        settings.origin(),
                        node.key().did().value(),
                        node.log().keys().getFirst().vkey(),
                        clock.instant());
        return new NodeController(identity, ports, framework);
    }

    @Bean
    WebSocketConfigurer frameworkSocket(Framework framework, StreamHandshake handshake) {
        var socket = new FrameworkSocket(framework);
        return registry ->
                registry.addHandler(socket, FrameworkSocket.PATH).setHandshakeHandler(handshake);
    }
}
