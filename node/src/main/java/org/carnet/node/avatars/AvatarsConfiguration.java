// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.avatars;

import org.carnet.node.points.Records;
import org.carnet.node.points.Snapshots;
import org.carnet.node.points.Traffic;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the avatar agent together.
@Configuration(proxyBeanMethods = false)
public class AvatarsConfiguration {
    @Bean
    Avatars avatars(Records records, Snapshots snapshots, Traffic traffic, Settings settings) {
        return new Avatars(records, snapshots, traffic, settings.avatarHistory());
    }
}
