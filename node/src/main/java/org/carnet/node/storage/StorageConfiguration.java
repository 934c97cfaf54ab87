// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.carnet.log.Checkpoint;
import org.carnet.node.health.HealthCheck;
import org.carnet.node.points.Acks;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.OwnLog;
import org.carnet.node.points.RecordCopy;
import org.carnet.node.points.Secrets;
import org.carnet.node.points.Traffic;
import org.carnet.node.points.WitnessKey;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

import javax.sql.DataSource;

/// Puts the storage agent together.
@Configuration(proxyBeanMethods = false)
public class StorageConfiguration {
    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    NodeKeys nodeKeys(Settings settings, SecureRandom random) throws IOException {
        return NodeKeys.open(settings.dataDirectory(), random);
    }

    @Bean
    NodeIdentity nodeIdentity(NodeKeys keys, Settings settings) {
        return new NodeIdentity(keys.node(), keys.signer(settings.origin()).verifier());
    }

    @Bean
    SubjectKeys subjectKeys(
            DataSource database, NodeKeys keys, SecureRandom random, Settings settings) {
        var epoch = settings.storage().keyEpoch();
        return new StoredSubjectKeys(database, keys.wrap(), random, epoch);
    }

    @Bean
    Secrets secrets(SubjectKeys keys, SecureRandom random) {
        return new SealedSecrets(keys, random);
    }

    @Bean
    Ledger ledger(
            Settings settings,
            NodeKeys nodeKeys,
            SubjectKeys subjectKeys,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        var storage = settings.storage();
        return new Ledger(
                new LedgerSettings(
                        settings.dataDirectory(),
                        storage.checkpointInterval(),
                        storage.segmentBytes()),
                nodeKeys.signer(settings.origin()),
                subjectKeys,
                clock,
                random);
    }

    /// The others' way to the ledger.
    @Bean
    @Primary
    StorageAgent storageAgent(
            Ledger ledger, SubjectKeys keys, SecureRandom random, Settings settings) {
        var directory = settings.dataDirectory();
        return new StorageAgent(ledger, new Snapshots(directory, keys, random), keys, directory);
    }

    /// The log as others see it.
    @Bean
    OwnLog ownLog(Ledger ledger, NodeIdentity node) {
        return new LedgerLog(ledger, node.log());
    }

    @Bean
    WitnessKey witnessKey(NodeKeys keys, Settings settings) {
        return new WitnessKey(keys.cosigner(settings.origin() + "/witness"));
    }

    @Bean
    Acks acks(Ledger ledger, InstantSource clock) {
        var acks = new Acks(ledger::size, index -> time(ledger, index), clock);
        acks.reached(Acks.Level.INCLUDED, Checkpoint.parse(ledger.checkpoint().text()).size());
        ledger.tellCheckpoints(size -> acks.reached(Acks.Level.INCLUDED, size));
        return acks;
    }

    private static Instant time(Ledger ledger, long index) {
        try {
            return ledger.time(index);
        } catch (IOException e) {
            throw new UncheckedIOException("reading record " + index, e);
        }
    }

    @Bean
    Scrubs scrubs(Ledger ledger, RecordCopy copy, Settings settings, NodeIdentity node) {
        return new Scrubs(
                ledger,
                copy,
                settings.origin(),
                node.key().did().value(),
                settings.scrub().interval(),
                settings.scrub().bytesPerSecond());
    }

    @Bean
    HealthCheck logCheck(Ledger ledger) {
        return new LogCheck(ledger);
    }

    @Bean
    MeterBinder logMeters(Ledger ledger) {
        return meters -> {
            FunctionCounter.builder("carnet.log.records", ledger, log -> log.stats().records())
                    .description("Durable records in the log")
                    .register(meters);
            FunctionCounter.builder("carnet.log.commits", ledger, log -> log.stats().commits())
                    .description("How often records were forced to disk since the start")
                    .register(meters);
            FunctionCounter.builder("carnet.log.bytes", ledger, log -> log.stats().bytes())
                    .description("Bytes of records written since the start")
                    .baseUnit("bytes")
                    .register(meters);
            Gauge.builder("carnet.log.covered", ledger, log -> log.stats().covered())
                    .description("Records that the latest checkpoint covers")
                    .register(meters);
        };
    }

    @Bean
    Traffic traffic() {
        return new Traffic();
    }
}
