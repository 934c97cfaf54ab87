// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A real EVM chain of one node on this machine, as `contracts/package.json` names it.
record Anvil(Process process, String url) implements AutoCloseable {
    static final long CHAIN = 31_337;

    /// The first of the accounts that anvil gives coins to; everybody knows its key.
    static final String RICH = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:\\d+)");

    /// @param said where its output goes
    static Anvil start(Path said) throws IOException {
        var process =
                new ProcessBuilder(program().toString(), "--port", "0")
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        var url = Waiting.until(() -> listening(said), "anvil listens");
        return new Anvil(process, url);
    }

    private static String listening(Path said) throws IOException {
        var listening = LISTENING.matcher(Files.readString(said));
        return listening.find() ? "http://" + listening.group(1) : null;
    }

    private static Path program() throws IOException {
        var modules = Path.of("../contracts/node_modules/@foundry-rs");
        assertThat(modules)
                .as("anvil is not installed: run ./carnet test, or npm ci in contracts/")
                .isDirectory();
        try (var folders = Files.list(modules)) {
            return folders.map(folder -> folder.resolve("bin/anvil"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no anvil for this machine"));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
