// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.node.external.ExternalStorage;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.Records;
import org.carnet.node.points.SealedRecords;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

import javax.sql.DataSource;

/// Puts the backups together, if the settings say where they go.
@Configuration(proxyBeanMethods = false)
public class BackupConfiguration {
    @Bean
    OptionalBackups optionalBackups(
            Settings settings,
            SealedRecords log,
            Records records,
            NodeIdentity node,
            DataSource database,
            InstantSource clock,
            SecureRandom random) {
        var state = new LiveState(settings.dataDirectory(), new Tables(database)::read);
        var writer = new BackupWriter(log, state::read, state::witnessed, clock, random);
        var drill =
                new Drill(
                        settings.dataDirectory().resolve("drill"),
                        settings.storage().segmentBytes(),
                        clock);
        var site =
                new Backups.Site(
                        settings.dataDirectory(),
                        settings.origin(),
                        target(settings, new Targets(clock, random)));
        var backups =
                new Backups(site, writer, records, log, state, node.key().did().value(), drill);
        return new OptionalBackups(
                settings.backup().target().isPresent() ? Optional.of(backups) : Optional.empty());
    }

    /// Nothing if the settings name no target.
    record OptionalBackups(Optional<Backups> backups) {}

    @Bean
    BackupJobs backupJobs(
            OptionalBackups optional, DataSource database, Settings settings, InstantSource clock) {
        return new BackupJobs(
                optional.backups(), new Tables(database), settings.backup().interval(), clock);
    }

    @Bean
    Forgets backupForgets(OptionalBackups optional) {
        return new BackupForgets(optional.backups());
    }

    private static Backups.Target target(Settings settings, Targets targets) {
        return new Backups.Target() {
            @Override
            public ExternalStorage open() throws IOException {
                return targets.open(settings, key());
            }

            @Override
            public BackupKey key() throws IOException {
                return BackupKey.read(settings.backup().key().orElseThrow());
            }
        };
    }

    @Bean
    BackupController backupController(BackupJobs jobs) {
        return new BackupController(jobs);
    }

    @Bean
    RestoredTold restoredTold(Settings settings, Records records, NodeIdentity node) {
        return new RestoredTold(
                settings.dataDirectory(), records, settings.origin(), node.key().did().value());
    }
}
