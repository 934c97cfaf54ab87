// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.carnet.node.access.Gate;
import org.carnet.node.database.Scrubbing;
import org.carnet.node.points.Acks;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.Keys;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.Prunes;
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

    @Bean
    Retention retention(
            Eraser eraser,
            Keys keys,
            Prunes prunes,
            Records records,
            Acks acks,
            NodeIdentity node,
            JdbcClient jdbc,
            InstantSource clock,
            Settings settings) {
        var rules = settings.retention();
        var believed = new BelievedTime(jdbc);
        return new Retention(
                rules.keep(),
                rules.prune().map(keep -> new Pruner(keep, prunes, records, acks, node)),
                keys,
                eraser,
                believed,
                () ->
                        new SteadyClock(
                                clock,
                                System::nanoTime,
                                believed.last().orElseGet(clock::instant)));
    }

    @Bean
    Upkeep upkeep(Retention retention) {
        return new Upkeep(retention::run);
    }

    @Bean
    ErasureController erasureController(
            Eraser eraser, NodeIdentity node, InstantSource clock, Gate gate) {
        return new ErasureController(eraser, node, clock, gate);
    }
}
