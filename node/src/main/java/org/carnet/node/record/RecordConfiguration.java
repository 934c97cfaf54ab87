// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.record;

import org.carnet.node.points.Acks;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.RecordReads;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the record's web side together.
@Configuration(proxyBeanMethods = false)
public class RecordConfiguration {
    @Bean
    RecordController recordController(
            RecordReads records, Permissions permissions, Acks acks, Settings settings) {
        return new RecordController(records, permissions, acks, settings.name());
    }

    @Bean
    AcksController acksController(Acks acks) {
        return new AcksController(acks);
    }

    @Bean
    LogFiles logFiles(RecordReads records) {
        return new LogFiles(records.logDirectory());
    }
}
