// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.did.DidHistory;
import org.carnet.did.DidWebvh;
import org.carnet.did.HistoryReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/// The DID that a node publishes of itself.
class OwnDidTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir Path keys;

    private OwnDid open(String host) throws IOException {
        return OwnDid.open(keys, host, new SecureRandom(), InstantSource.fixed(NOW));
    }

    private static DidHistory asOthersReadIt(OwnDid own) {
        var did = DidWebvh.parse(own.current().did());
        return (DidHistory) HistoryReader.read(did, own.log(), null, NOW);
    }

    @Test
    void othersFindTheKeyThatSignsNow() throws Exception {
        var own = open("agora.example:8443");
        var current = own.current();
        assertThat(current.did()).endsWith(":agora.example%3A8443");
        var key = asOthersReadIt(own).document().key(current.keyId(), "authentication");
        assertThat(key).isNotNull();
        assertThat(key.did()).isEqualTo(current.key().did());
        assertThat(open("agora.example:8443").current().keyId()).isEqualTo(current.keyId());
        assertThat(Files.getPosixFilePermissions(keys.resolve("platform.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aRotationPutsTheCommittedKeyInForceAndKeepsWhatWasSigned() throws Exception {
        var own = open("agora.example");
        var before = own.current();
        var committed = own.next();
        own.rotate();
        own.rotate();
        var history = asOthersReadIt(own);
        assertThat(history.versions()).hasSize(3);
        assertThat(history.did().value()).isEqualTo(before.did());
        var document = history.document();
        assertThat(document.key(before.keyId(), "assertionMethod")).isNotNull();
        assertThat(document.key(before.keyId(), "authentication")).isNull();
        assertThat(document.key(own.current().keyId(), "authentication")).isNotNull();
        assertThat(own.current().key().did()).isNotEqualTo(committed);
        assertThat(open("agora.example").current().keyId()).isEqualTo(own.current().keyId());
    }

    @Test
    void aDidDoesNotMove() throws Exception {
        open("agora.example");
        assertThatThrownBy(() -> open("arcadia.example"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a DID does not move");
    }

    @Test
    void aHistoryThatOthersWouldRefuseIsRefusedAtTheStart() throws Exception {
        open("agora.example");
        var file = keys.resolve("platform.json");
        Files.writeString(file, Files.readString(file).replace("agora.example", "agora.exampla"));
        assertThatThrownBy(() -> open("agora.exampla"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not hold the DID of a node");
    }
}
