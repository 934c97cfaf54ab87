// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// The keys of one log, all under its origin: a checkpoint is believed if each of them signed it.
///
/// ```text
/// carnet.local/agora+7cbd0ac2+AfFXuBTiJka9vMLmbeCRyxLhdZtJiPh6zRIZTIaovajT
/// carnet.local/agora+93c1e26d+Bk0x…
/// ```
/// A log of Carnet has two, Ed25519 and ML-DSA-44. Foreign logs may have one.
public record LogVerifier(List<NoteVerifier> keys) {
    private static final int MOST = 16;

    public LogVerifier {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MOST) {
            throw new IllegalArgumentException("a log has 1 to 16 keys, not " + keys.size());
        }
        var names = new HashSet<String>();
        for (var key : keys) names.add(key.name());
        if (new HashSet<>(keys).size() < keys.size()) {
            throw new IllegalArgumentException("a key of the log is there twice");
        }
        if (names.size() > 1) {
            throw new IllegalArgumentException("the keys are of several logs: " + names);
        }
    }

    public static LogVerifier of(NoteVerifier... keys) {
        return new LogVerifier(List.of(keys));
    }

    /// @throws IllegalArgumentException if these are not vkeys of one log, each on a line that ends
    public static LogVerifier parse(Bytes encoded) {
        var text = encoded.toUtf8();
        if (!text.endsWith("\n")) throw new IllegalArgumentException("it has no newline");
        var lines = text.substring(0, text.length() - 1).split("\n", -1);
        return new LogVerifier(List.of(lines).stream().map(NoteVerifier::parse).toList());
    }

    /// The origin of the log.
    public String name() {
        return keys.getFirst().name();
    }

    /// The vkeys, one a line.
    public Bytes encode() {
        return Bytes.utf8(
                keys.stream().map(key -> key.vkey() + "\n").collect(Collectors.joining()));
    }

    @Override
    public String toString() {
        return keys.stream().map(NoteVerifier::toString).collect(Collectors.joining(" and "));
    }
}
