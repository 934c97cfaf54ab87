// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The published proofs of transparency-dev/merkle, happy and hostile, each with the verdict stated for it.
class MerkleVectorsTest {
    private static final Path VECTORS = Path.of("src/test/resources/merkle/testdata");

    /// Two placeholders in the vectors, "dont care 1" and "dont care 2", stand for any two roots.
    private static final List<String> PLACEHOLDERS =
            List.of("ZG9uJ3QgY2FyZSAx", "ZG9uJ3QgY2FyZSAy");

    @Test
    void theVectorsAreAllThere() throws IOException {
        assertThat(vectors("").count()).isEqualTo(259);
    }

    @TestFactory
    Stream<DynamicTest> inclusionProofs() throws IOException {
        return verdicts(
                "inclusion",
                v ->
                        new InclusionProof(number(v, "leafIdx"), number(v, "treeSize"), path(v))
                                .verifies(hash(v, "leafHash"), hash(v, "root")));
    }

    @TestFactory
    Stream<DynamicTest> consistencyProofs() throws IOException {
        return verdicts(
                "consistency",
                v ->
                        new ConsistencyProof(number(v, "size1"), number(v, "size2"), path(v))
                                .verifies(hash(v, "root1"), hash(v, "root2")));
    }

    @TestFactory
    Stream<DynamicTest> inclusionInSubtrees() throws IOException {
        return verdicts(
                "subtreeinclusion",
                v ->
                        new Subtree(number(v, "start"), number(v, "end"))
                                .includes(
                                        number(v, "leafIdx"),
                                        hash(v, "leafHash"),
                                        path(v),
                                        hash(v, "root")));
    }

    @TestFactory
    Stream<DynamicTest> subtreesOfTrees() throws IOException {
        return verdicts(
                "subtreeconsistency",
                v ->
                        new Subtree(number(v, "start"), number(v, "end"))
                                .isPartOf(
                                        number(v, "size"),
                                        path(v),
                                        hash(v, "root1"),
                                        hash(v, "root2")));
    }

    private static Stream<DynamicTest> verdicts(String kind, Function<JsonNode, Boolean> verifies)
            throws IOException {
        return vectors(kind)
                .map(
                        file ->
                                dynamicTest(
                                        VECTORS.relativize(file).toString(),
                                        () -> {
                                            var vector = JsonMapper.shared().readTree(file);
                                            assertThat(accepted(vector, verifies))
                                                    .isEqualTo(!vector.get("wantErr").asBoolean());
                                        }));
    }

    /// What cannot even be said, such as a hash of 33 bytes, is refused by the types.
    private static boolean accepted(JsonNode vector, Function<JsonNode, Boolean> verifies) {
        try {
            return verifies.apply(vector);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static Stream<Path> vectors(String kind) throws IOException {
        try (var files = Files.walk(VECTORS.resolve(kind))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static long number(JsonNode vector, String name) {
        return Long.parseLong(vector.get(name).asString());
    }

    private static Hash hash(JsonNode vector, String name) {
        return hash(vector.get(name).asString());
    }

    private static Hash hash(String text) {
        int placeholder = PLACEHOLDERS.indexOf(text);
        if (placeholder < 0) return Hash.base64(text);
        return MerkleHash.leaf(org.carnet.Bytes.utf8("placeholder " + placeholder));
    }

    private static List<Hash> path(JsonNode vector) {
        var proof = vector.get("proof");
        if (proof.isNull()) return List.of();
        return proof.valueStream().map(node -> hash(node.asString())).toList();
    }
}
