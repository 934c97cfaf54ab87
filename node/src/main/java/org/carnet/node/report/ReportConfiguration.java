// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.report;

import org.carnet.node.access.Gate;
import org.carnet.node.points.Disclosures;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

/// Puts the reports together.
@Configuration(proxyBeanMethods = false)
public class ReportConfiguration {
    @Bean
    ReportController reportController(
            NodeIdentity node,
            Settings settings,
            Disclosures disclosures,
            RecordReads reads,
            Records records,
            Permissions permissions,
            InstantSource clock,
            Gate gate) {
        return new ReportController(
                new Reporter(
                        node, settings.origin(), disclosures, reads, records, permissions, clock),
                gate);
    }
}
