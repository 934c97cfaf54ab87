// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The schema, the policies and their cases that come with every node.
public final class Shipped {
    /// One file for each role or duty.
    public static final List<String> FILES =
            List.of(
                    "visitors.cedar",
                    "users.cedar",
                    "owners.cedar",
                    "creators.cedar",
                    "moderators.cedar",
                    "operators.cedar",
                    "administrators.cedar",
                    "auditors.cedar",
                    "machines.cedar",
                    PolicyFiles.CASES);

    private Shipped() {}

    /// Which parties, actions and resources there are. It belongs to the program, not to the operator.
    public static String schema() {
        return text("schema.cedarschema");
    }

    public static String text(String file) {
        try (var stream = Shipped.class.getResourceAsStream(file)) {
            if (stream == null) throw new IllegalArgumentException("no policies are in " + file);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /// Writes the policies down where they can be edited, unless the directory is there already.
    public static void copyTo(Path directory) throws IOException {
        if (Files.exists(directory)) return;
        WholeFile.createSecretDirectory(directory);
        for (var file : FILES) WholeFile.writeSecret(directory.resolve(file), text(file));
    }
}
