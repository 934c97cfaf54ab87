// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import org.carnet.node.points.AvatarReads;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.Records;
import org.carnet.node.points.Traffic;
import org.carnet.node.settings.Settings;
import org.carnet.node.web.StreamHandshake;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/// Puts the entity agent together.
@Configuration(proxyBeanMethods = false)
public class EntitiesConfiguration {
    @Bean
    ReadRecords readRecords(Records records, Traffic traffic) {
        return new ReadRecords(records, traffic);
    }

    @Bean
    AvatarController avatarController(
            AvatarReads avatars, Permissions permissions, ReadRecords reads, Settings settings) {
        return new AvatarController(avatars, permissions, reads, settings.origin());
    }

    @Bean
    ChangeSocket changeSocket(AvatarReads avatars, ReadRecords reads) {
        return new ChangeSocket(avatars, reads);
    }

    @Bean
    WebSocketConfigurer changeStreams(ChangeSocket socket, StreamHandshake handshake) {
        return registry ->
                registry.addHandler(socket, ChangeSocket.ALL, ChangeSocket.ONE)
                        .setHandshakeHandler(handshake);
    }
}
