// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import org.carnet.node.points.RecordFlow;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Restorable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.List;

/// Puts together what brings the agents' memory back.
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {
    /// Things first: they know the mappings by which avatars understand their records.
    @Bean
    Restoration restoration(
            @Qualifier("thingMemory") Restorable things,
            @Qualifier("avatars") Restorable avatars,
            RecordReads records,
            RecordFlow flow) {
        return new Restoration(List.of(things, avatars), records, flow);
    }
}
