// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The published histories of five implementations, and what resolving each has to give (see the licence beside them).
class DidWebvhVectorsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ROOT = "/didwebvh/testdata/";
    private static final List<String> IMPLEMENTATIONS =
            List.of("java", "java-eecc", "python", "rust", "ts");

    /// Where we answer otherwise than these files state, and why.
    private static final Map<String, String> EXPLAINED =
            Map.of(
                    "witness-update/java",
                    "Version 2 replaces the rule 2 of 2 by 1 of 1 and has one approval. did:webvh"
                            + " 1.0 says that a new list becomes active after its entry; the same"
                            + " case of python states what we answer, and so does its title.",
                    "witness-update/ts",
                    "As witness-update/java.",
                    "multi-update/python version 1",
                    "The file holds the result for version 3, the newest.",
                    "multi-update/python version 2",
                    "The file holds the result for version 3, the newest.",
                    "deactivate/java",
                    "The document of a deactivated DID has no implicit services there; the other"
                            + " four give them, and so do we.");

    record Case(String folder, @Nullable Integer version) {
        @Override
        public String toString() {
            return folder + (version == null ? "" : " version " + version);
        }
    }

    static List<Case> positive() {
        var cases = new ArrayList<Case>();
        for (var implementation : IMPLEMENTATIONS) {
            for (var name :
                    List.of(
                            "basic-create",
                            "deactivate",
                            "multi-update",
                            "portable",
                            "pre-rotation",
                            "services",
                            "witness-update"))
                cases.add(new Case(name + "/" + implementation, null));
            cases.add(new Case("multi-update/" + implementation, 1));
            cases.add(new Case("multi-update/" + implementation, 2));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("positive")
    void aHistoryGivesTheStatedDocument(Case c) {
        var verdict = read(c.folder());
        var file = c.version() == null ? "" : "." + c.version();
        var stated = json(c.folder() + "/resolutionResult" + file + ".json");
        if (EXPLAINED.containsKey(c.toString())) {
            assertDiffers(c, verdict, stated);
        } else if (!stated.get("didDocument").isObject()) {
            assertRefused(verdict, HistoryFlaw.NOT_WITNESSED);
        } else {
            var history = (DidHistory) verdict;
            var version = c.version() == null ? history.latest() : history.version(c.version());
            assertThat(comparable(version.document().json()))
                    .isEqualTo(comparable(stated.get("didDocument")));
            var metadata = stated.get("didDocumentMetadata");
            assertThat(version.id()).isEqualTo(metadata.get("versionId").stringValue());
            assertThat(version.number()).isEqualTo(metadata.get("versionNumber").intValue());
            assertThat(version.time()).isEqualTo(metadata.get("versionTime").stringValue());
            assertThat(history.versions().getFirst().time())
                    .isEqualTo(metadata.get("created").stringValue());
            if (c.version() == null)
                assertThat(history.isDeactivated())
                        .isEqualTo(metadata.path("deactivated").asBoolean(false));
        }
    }

    /// Exactly as explained, so that a difference that goes away is noticed.
    private static void assertDiffers(Case c, HistoryVerdict verdict, ObjectNode stated) {
        assertThat(stated.get("didDocument").isObject()).isTrue();
        if (c.folder().startsWith("witness-update")) {
            assertRefused(verdict, HistoryFlaw.NOT_WITNESSED);
        } else if (c.version() != null) {
            var number = stated.get("didDocumentMetadata").get("versionNumber").intValue();
            assertThat(number).isEqualTo(3).isNotEqualTo(c.version());
        } else {
            var document = ((DidHistory) verdict).document().json();
            document.remove("service");
            assertThat(document).isEqualTo(stated.get("didDocument"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "negative-cross-did-witness-replay",
                "negative-duplicate-witness-ids",
                "negative-portable-scid-swap",
                "negative-scid-mismatch-genesis",
                "negative-versiontime-future",
                "negative-wrong-cryptosuite"
            })
    void aForgedHistoryIsRefusedWithTheStatedError(String name) {
        var stated = json(name + "/ts/resolutionResult.json");
        var error = stated.get("didResolutionMetadata").get("error").stringValue();
        assertThat(read(name + "/ts"))
                .isInstanceOfSatisfying(
                        HistoryRefused.class, it -> assertThat(it.flaw().error()).isEqualTo(error));
    }

    /// The scripts of negative-lowercase-pct-port-ip and negative-pct-encoded-ip-host, and others of their kind.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1%3a8080",
                "127%2E0%2E0%2E1",
                "127%2e0%2e0%2e1",
                "169%2E254%2E169%2E254",
                "127.0.0.1",
                "127.0.0.1%3A8080",
                "0x7f.0x1",
                "2130706433",
                "[%3A%3A1]",
                "example.com%3A0",
                "example.com%3A99999",
                "example.com:..",
                "example.com:a%2Fb",
                "example.com/path",
                "user@example.com",
                "example..com",
                "exämple.com",
                ""
            })
    void whatIsNoHostNameIsNeverResolved(String location) {
        var did = "did:webvh:Qm11111111111111111111111111111111111111111111:" + location;
        assertThatThrownBy(() -> DidWebvh.parse(did)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DidWebvh.parse(did.replace("Qm1", "Qm0")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdentifierSaysWhereItsHistoryIs() {
        var scid = "did:webvh:Qm11111111111111111111111111111111111111111111:";
        assertThat(DidWebvh.parse(scid + "example.com").log())
                .hasToString("https://example.com/.well-known/did.jsonl");
        var world = DidWebvh.parse(scid + "localhost%3A8443:dids:world");
        assertThat(world.log()).hasToString("https://localhost:8443/dids/world/did.jsonl");
        assertThat(world.witnesses())
                .hasToString("https://localhost:8443/dids/world/did-witness.json");
        assertThat(world.value()).isEqualTo(scid + "localhost%3A8443:dids:world");
    }

    private static HistoryVerdict read(String folder) {
        var log = bytes(folder + "/did.jsonl");
        var first = Json.object(Bytes.utf8(log.toUtf8().lines().findFirst().orElseThrow()));
        var scid = first.get("parameters").get("scid").stringValue();
        var did = DidWebvh.at(scid, "example.com");
        var witnesses = folder + "/did-witness.json";
        var has = DidWebvhVectorsTest.class.getResource(ROOT + witnesses) != null;
        return HistoryReader.read(did, log, has ? bytes(witnesses) : null, NOW);
    }

    /// The implicit services are written in three ways by the five; what they say is the same.
    private static ObjectNode comparable(JsonNode document) {
        var copy = (ObjectNode) document.deepCopy();
        var id = copy.get("id").stringValue();
        for (var service : (ArrayNode) copy.get("service")) {
            var object = (ObjectNode) service;
            object.put("id", object.get("id").stringValue().replace(id, ""));
            object.put(
                    "serviceEndpoint",
                    object.get("serviceEndpoint").stringValue().replaceFirst("/$", ""));
        }
        return copy;
    }

    private static void assertRefused(HistoryVerdict verdict, HistoryFlaw flaw) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        HistoryRefused.class, it -> assertThat(it.flaw()).isEqualTo(flaw));
    }

    private static ObjectNode json(String file) {
        return Json.object(bytes(file));
    }

    private static Bytes bytes(String file) {
        try (var in = DidWebvhVectorsTest.class.getResourceAsStream(ROOT + file)) {
            return Bytes.unsafe(Objects.requireNonNull(in, file).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
