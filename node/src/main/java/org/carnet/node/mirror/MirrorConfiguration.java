// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.log.Cosigner;
import org.carnet.log.LogVerifier;
import org.carnet.node.points.RecordCopy;
import org.carnet.node.points.SealedRecords;
import org.carnet.node.settings.Settings;
import org.carnet.node.storage.NodeKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Puts both sides of mirroring together.
@Configuration(proxyBeanMethods = false)
public class MirrorConfiguration {
    @Bean
    Mirror mirror(Settings settings, NodeKeys keys, InstantSource clock) throws IOException {
        return Mirror.open(
                settings.dataDirectory().toAbsolutePath().resolve("mirror"),
                settings.mirror().logs(),
                settings.mirror().quotaBytes(),
                cosigner(settings, keys),
                clock);
    }

    private static Cosigner cosigner(Settings settings, NodeKeys keys) {
        return keys.cosigner(settings.origin() + "/mirror");
    }

    @Bean
    MirrorController mirrorController(Mirror mirror, Settings settings, NodeKeys keys) {
        return new MirrorController(mirror, new LogVerifier(cosigner(settings, keys).verifiers()));
    }

    @Bean
    MirrorFiles mirrorFiles(Mirror mirror) {
        return new MirrorFiles(mirror.directory());
    }

    @Bean
    StorageChoices storageChoices(JdbcClient jdbc) {
        return new StorageChoices(jdbc);
    }

    @Bean
    ChoiceController choiceController(StorageChoices choices, Settings settings) {
        return new ChoiceController(choices, settings.mirror().at());
    }

    @Bean
    MirrorPushes mirrorPushes(Settings settings, SealedRecords log, StorageChoices choices) {
        return new MirrorPushes(
                mirrors(settings),
                log,
                settings.dataDirectory(),
                settings.storage().checkpointInterval(),
                choices);
    }

    @Bean
    RecordCopy recordCopy(Settings settings) {
        return new MirrorCopies(mirrors(settings), settings.origin());
    }

    private static Map<String, Settings.Peer> mirrors(Settings settings) {
        var mirrors = new HashMap<>(settings.peers());
        mirrors.keySet().retainAll(settings.mirror().at());
        return mirrors;
    }
}
