// SPDX-License-Identifier: Apache-2.0
package org.carnet.jose;

import org.carnet.Bytes;
import org.carnet.Spare;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Strict JSON, token by token or as a tree: UTF-8 and nothing else, no member twice, nothing after the end.
public final class Json {
    private static final JsonFactory STRICT =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .recyclerPool(new Buffers())
                    .build();
    private static final JsonMapper TREES =
            JsonMapper.builder(STRICT)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// The buffers of readers: each thread finds its own again, where Jackson's own pools make all of them meet.
    private static final class Buffers implements RecyclerPool<BufferRecycler> {
        private static final long serialVersionUID = 1;

        private static final Spare<BufferRecycler> SPARE = new Spare<>(BufferRecycler::new);

        @Override
        public BufferRecycler acquirePooled() {
            return SPARE.take();
        }

        @Override
        public void releasePooled(BufferRecycler buffers) {
            SPARE.putBack(buffers);
        }
    }

    public static JsonParser parser(String json) {
        return STRICT.createParser(ObjectReadContext.empty(), json);
    }

    /// The value in the bytes.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static JsonNode tree(Bytes json) {
        var text = utf8(json);
        if (text == null) throw new IllegalArgumentException("it is not UTF-8");
        try {
            var tree = TREES.readTree(text);
            if (tree.isMissingNode()) throw new IllegalArgumentException("it is empty");
            return tree;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not strict JSON", e);
        }
    }

    /// The object in the bytes.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static ObjectNode object(Bytes json) {
        if (tree(json) instanceof ObjectNode object) return object;
        throw new IllegalArgumentException("it is not a JSON object");
    }

    public static ObjectNode object() {
        return TREES.createObjectNode();
    }

    /// The value as text, without spaces, its members in the order they have.
    public static String text(JsonNode value) {
        return TREES.writeValueAsString(value);
    }

    /// The text of UTF-8 bytes, or null where they are none.
    public static @Nullable String utf8(Bytes bytes) {
        var text = bytes.toUtf8();
        // As many characters as bytes, and nothing replaced: it is ASCII.
        if (text.length() == bytes.length() && text.indexOf('\ufffd') < 0) return text;
        // Decoding replaces what is malformed, so only well-formed bytes come back the same.
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes.unsafeArray())
                ? text
                : null;
    }

    public static void quoted(StringBuilder json, String text) {
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
