// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.identity.DidKey;
import org.carnet.jose.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// All that a platform knows of one thing and can open: its registration, its mappings, its avatar, every record about them,
/// and what the avatar showed; cut into the words and numbers that somebody else could have as well.
final class Known {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A moment, or what is long enough to be of one thing among many.
    private static final Pattern WORD = Pattern.compile("\\d+\\.\\d{3,}|[A-Za-z0-9_+/=-]{8,}");

    private final Set<String> words = new HashSet<>();

    /// @param shown what the platform answered when the avatar was shown to it
    static Known of(NodeClient platform, DidKey alias, String avatar, JsonNode shown)
            throws IOException {
        var known = new Known();
        var thing = NodeClient.part(alias.value());
        known.add(platform.get("api/things/" + thing));
        known.add(platform.get("api/mappings?thing=" + thing));
        known.add(platform.get("avatars/" + avatar));
        known.add(platform.get("avatars/" + avatar + "/properties"));
        for (var about : Set.of(thing, avatar))
            platform.get("api/records?limit=500&about=" + about)
                    .path("records")
                    .forEach(known::addRecord);
        known.add(shown);
        known.addRecord(platform.get("api/records/" + shown.path("record").asLong()));
        return known;
    }

    /// Waits until the avatar has been told something.
    static void await(NodeClient platform, String avatar) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (Reckoning.applied(platform).getOrDefault(avatar, 0L) == 0) {
            if (System.nanoTime() > end) throw new IOException(avatar + " does not move");
            Thread.sleep(50);
        }
    }

    /// How many there are.
    int size() {
        return words.size();
    }

    /// What somebody else knows too.
    Set<String> shared(Known other) {
        var shared = new HashSet<>(words);
        shared.retainAll(other.words);
        return shared;
    }

    /// When a platform wrote something down is its own affair: two are told of everything at the same moment.
    private void addRecord(JsonNode record) {
        var without = (ObjectNode) record.deepCopy();
        without.remove("time");
        add(without);
    }

    private void add(JsonNode node) {
        if (node.isContainer()) node.forEach(this::add);
        else add(node.asString(""));
    }

    private void add(String text) {
        var found = WORD.matcher(text);
        while (found.find()) if (words.add(found.group())) addInside(found.group());
    }

    /// What a signed update, a token or a credential says, which is text in base64.
    private void addInside(String word) {
        try {
            var inside =
                    Json.utf8(
                            Bytes.base64Url(
                                    word.replace("=", "").replace('+', '-').replace('/', '_')));
            if (inside != null) add(inside);
        } catch (IllegalArgumentException e) {
            // it is a word and nothing else
        }
    }
}
