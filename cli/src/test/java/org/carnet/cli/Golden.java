// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The texts in `src/test/resources/golden`.
final class Golden {
    private Golden() {}

    static String text(String name) {
        try (var file = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (file == null) throw new AssertionError("there is no golden text " + name);
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
