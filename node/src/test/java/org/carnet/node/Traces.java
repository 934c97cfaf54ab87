// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import org.carnet.Bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What to look for in files: bytes as they are, in hexadecimal, and in base64 wherever they may start in it.
final class Traces {
    private final Map<String, byte[]> needles = new LinkedHashMap<>();

    void add(String name, byte[] content) {
        needles.put(name, content);
        var hex = Bytes.copyOf(content).toHex();
        needles.put(name + " in hex", ascii(hex));
        needles.put(name + " in HEX", ascii(hex.toUpperCase(Locale.ROOT)));
        for (int shift = 0; shift < 3; shift++) {
            var shifted = new byte[shift + content.length];
            System.arraycopy(content, 0, shifted, shift, content.length);
            // The first and last digits depend on what stands beside.
            var base64 = Bytes.unsafe(shifted).toBase64().replace("=", "");
            var inner = base64.substring(shift == 0 ? 0 : 4, base64.length() - 2);
            needles.put(name + " in base64 from " + shift, ascii(inner));
            needles.put(
                    name + " in base64url from " + shift,
                    ascii(inner.replace('+', '-').replace('/', '_')));
        }
    }

    void add(String text) {
        add(text, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Which of them stand in which file below a directory.
    List<String> in(Path directory) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                try {
                    var content = Files.readAllBytes(file);
                    for (var name : in(content)) {
                        found.add(name + " in " + directory.relativize(file));
                    }
                } catch (NoSuchFileException gone) {
                    // a running server removes files
                }
            }
        }
        return found;
    }

    List<String> in(byte[] content) {
        return needles.entrySet().stream()
                .filter(needle -> contains(content, needle.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean contains(byte[] content, byte[] needle) {
        for (int at = 0; at <= content.length - needle.length; at++) {
            if (content[at] == needle[0]
                    && Arrays.equals(content, at, at + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }
}
