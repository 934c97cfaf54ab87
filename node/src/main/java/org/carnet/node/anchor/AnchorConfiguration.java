// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

import javax.sql.DataSource;

/// Puts the anchor together; a node without one loads nothing of web3j.
@Configuration(proxyBeanMethods = false)
public class AnchorConfiguration {
    @Bean
    AnchorKeeper anchorKeeper(
            Settings settings,
            DataSource database,
            RecordReads reads,
            Records records,
            InstantSource clock) {
        var anchoring =
                settings.anchor().map(AnchorSite::of).map(site -> anchoring(site, database));
        return new AnchorKeeper(anchoring, settings.origin(), reads, records, clock);
    }

    private static Anchoring anchoring(AnchorSite site, DataSource database) {
        return new Anchoring(site, new StoredAnchors(database, site.chain(), site.contract()));
    }

    @Bean
    AnchorController anchorController(AnchorKeeper keeper, Settings settings) {
        return new AnchorController(keeper, settings.origin());
    }
}
