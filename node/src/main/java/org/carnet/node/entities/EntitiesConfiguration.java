// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import org.carnet.node.access.Gate;
import org.carnet.node.points.AvatarReads;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.Records;
import org.carnet.node.points.Traffic;
import org.carnet.node.settings.Settings;
import org.carnet.node.web.StreamHandshake;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

import java.time.InstantSource;

/// Puts the entity agent together.
@Configuration(proxyBeanMethods = false)
public class EntitiesConfiguration {
    @Bean
    Readers readers(Gate gate, Permissions permissions, InstantSource clock) {
        return new Readers(gate, permissions, clock);
    }

    @Bean
    ReadRecords readRecords(Records records, Traffic traffic) {
        return new ReadRecords(records, traffic);
    }

    @Bean
    AvatarController avatarController(
            AvatarReads avatars,
            Permissions permissions,
            ReadRecords reads,
            Readers readers,
            Settings settings) {
        return new AvatarController(avatars, permissions, reads, readers, settings.origin());
    }

    @Bean
    ChangeSocket changeSocket(AvatarReads avatars, ReadRecords reads, Readers readers) {
        return new ChangeSocket(avatars, reads, readers);
    }

    @Bean
    WebSocketConfigurer changeStreams(ChangeSocket socket, StreamHandshake handshake) {
        return registry ->
                registry.addHandler(socket, ChangeSocket.ALL, ChangeSocket.ONE)
                        .setHandshakeHandler(handshake);
    }
}
