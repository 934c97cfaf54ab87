// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// What a program that others wrote said and how it ended, standard output and errors in one.
record ForeignProgram(int exit, String said) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Runs it to its end.
    ///
    /// @param environment what it gets besides this process's own
    static ForeignProgram run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        return run(directory, environment, command, PATIENCE);
    }

    /// The same for what takes longer.
    static ForeignProgram run(
            Path directory,
            Map<String, String> environment,
            List<String> command,
            Duration patience)
            throws IOException {
        var said = Files.createTempFile("carnet-foreign", ".txt");
        try {
            var builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            boolean ended = ended(process, patience);
            var text = Files.readString(said, StandardCharsets.UTF_8);
            assertThat(ended).as("%s does not end: %s", command, text).isTrue();
            return new ForeignProgram(process.exitValue(), text);
        } finally {
            Files.delete(said);
        }
    }

    private static boolean ended(Process process, Duration patience) {
        try {
            process.onExit().orTimeout(patience.toSeconds(), TimeUnit.SECONDS).join();
            return true;
        } catch (CompletionException tooLong) {
            process.destroyForcibly().onExit().join();
            return false;
        }
    }
}
