// SPDX-License-Identifier: Apache-2.0
package org.carnet;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/// The published vectors of C2SP/wycheproof (see the licence beside them) and where we differ from them on purpose.
public final class Wycheproof {
    private static final JsonMapper JSON = new JsonMapper();

    /// One test and the group that holds its key.
    public record Case(JsonNode group, JsonNode test) {
        public byte[] bytes(String field) {
            return Bytes.hex(test.get(field).asString()).toArray();
        }

        public String text(String field) {
            return test.get(field).asString();
        }
    }

    private Wycheproof() {}

    public static List<Case> cases(String file) {
        var cases = new ArrayList<Case>();
        var vectors = JSON.readTree(read(file));
        for (var group : vectors.get("testGroups"))
            for (var test : group.get("tests")) cases.add(new Case(group, test));
        assertThat(cases).hasSize(vectors.get("numberOfTests").asInt());
        return cases;
    }

    /// Every verdict agrees with the published one, except exactly those that `explained.json` gives a reason for.
    public static void agree(String file, Predicate<Case> accepts) {
        var explained = explained(file);
        var differing = new LinkedHashMap<String, String>();
        for (var c : cases(file)) {
            boolean expected = c.text("result").equals("valid");
            if (accepts.test(c) != expected)
                differing.put(c.text("tcId"), c.text("result") + ": " + c.text("comment"));
        }
        assertThat(differing.keySet()).as("%s", differing).isEqualTo(explained.keySet());
    }

    private static Map<String, String> explained(String file) {
        var all =
                JSON.readValue(
                        read("explained.json"),
                        new TypeReference<HashMap<String, Map<String, String>>>() {});
        return all.getOrDefault(file, Map.of());
    }

    private static byte[] read(String file) {
        try (var in = Wycheproof.class.getResourceAsStream("/wycheproof/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
