// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Strict JSON, token by token: UTF-8 and nothing else, no member twice, nothing after the end.
final class Json {
    private static final JsonFactory STRICT =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build();

    private Json() {}

    static JsonParser parser(String json) {
        return STRICT.createParser(ObjectReadContext.empty(), json);
    }

    /// The text of UTF-8 bytes, or null where they are none.
    static @Nullable String utf8(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        // Decoding replaces what is malformed, so only well-formed bytes come back the same.
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : null;
    }

    static void quoted(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') json.append('\\').append(c);
            else if (c < ' ') json.append(String.format("\\u%04x", (int) c));
            else json.append(c);
        }
        json.append('"');
    }
}
