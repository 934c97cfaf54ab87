// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Runs Jazzer on every target in a process of its own, `-Dfuzz.seconds` long (3 unless told, which is a smoke test).
///
/// A finding fails the test; its input is printed with the stack trace, and can be a test of its own then.
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 3);
    private static final Duration STARTUP = Duration.ofMinutes(10);

    @ParameterizedTest
    @EnumSource(Target.class)
    void nothingButTheDocumentedRefusalIsThrown(Target target, @TempDir Path directory)
            throws Exception {
        var corpus = Files.createDirectory(directory.resolve("corpus"));
        for (int i = 0; i < target.seeds().size(); i++)
            Files.write(corpus.resolve("seed-" + i), target.seeds().get(i).toArray());
        var output = directory.resolve("output");

        var jazzer = start(target, directory, corpus, output);
        try {
            assertThat(jazzer.waitFor(SECONDS + STARTUP.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        var told = Files.readString(output);
        assertThat(jazzer.exitValue()).as(told).isZero();
        assertThat(told).as("it did fuzz").containsPattern("Done \\d+ runs");
    }

    private static Process start(Target target, Path directory, Path corpus, Path output)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+EnableDynamicAgentLoading",
                        "-Djdk.attach.allowAttachSelf=true",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=org.carnet.**",
                        "--reproducer_path=" + directory,
                        "-artifact_prefix=" + directory + "/",
                        "-max_total_time=" + SECONDS,
                        corpus.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
