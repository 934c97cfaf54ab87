// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.carnet.node.database.Scrubbing;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.Keys;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

/// Puts together what forgets.
@Configuration(proxyBeanMethods = false)
public class ForgettingConfiguration {
    @Bean
    Eraser eraser(
            Keys keys,
            Records records,
            RecordReads reads,
            JdbcClient jdbc,
            DataSource database,
            List<Forgets> places,
            NodeIdentity node,
            InstantSource clock,
            SecureRandom random) {
        var scrubbing = new Scrubbing(database);
        return new Eraser(
                keys,
                records,
                reads,
                new Requests(jdbc),
                scrubbing::run,
                places,
                node,
                clock,
                random);
    }

    @Bean
    Resumption resumption(Eraser eraser) {
        return new Resumption(eraser);
    }

    /// Does nothing while everything is kept for ever.
    @Bean
    Upkeep upkeep(
            Eraser eraser, Keys keys, JdbcClient jdbc, InstantSource clock, Settings settings) {
        var keep = settings.retention().keep();
        if (keep.isEmpty()) return new Upkeep(() -> {});
        var believed = new BelievedTime(jdbc);
        var retention =
                new Retention(
                        keep.get(),
                        keys,
                        eraser,
                        believed,
                        () ->
                                new SteadyClock(
                                        clock,
                                        System::nanoTime,
                                        believed.last().orElseGet(clock::instant)));
        return new Upkeep(retention::run);
    }

    @Bean
    ErasureController erasureController(Eraser eraser, NodeIdentity node, InstantSource clock) {
        return new ErasureController(eraser, node, clock);
    }
}
