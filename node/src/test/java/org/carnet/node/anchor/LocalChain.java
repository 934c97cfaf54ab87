// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A real EVM chain of one node on this machine: anvil, as `contracts/package.json` names it.
final class LocalChain implements AutoCloseable {
    static final Path CONTRACTS = Path.of("../contracts");
    static final long ID = 31_337;

    /// The first of the accounts that anvil gives coins to; everybody knows its key.
    private static final String RICH =
            "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    final HttpClient http = HttpClient.newHttpClient();
    final URI endpoint;

    private LocalChain(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /// @param options of anvil, such as `--no-mining`
    static LocalChain start(String... options) throws Exception {
        var command = new ArrayList<>(List.of(anvil().toString(), "--port", "0"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var port =
                CompletableFuture.supplyAsync(() -> port(process)).orTimeout(30, TimeUnit.SECONDS);
        try {
            return new LocalChain(process, URI.create("http://127.0.0.1:" + port.join()));
        } catch (RuntimeException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    private static Path anvil() throws IOException {
        var modules = CONTRACTS.resolve("node_modules/@foundry-rs");
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

    /// Reads what it says to the end, so that it never waits for us.
    private static int port(Process process) {
        var lines = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var listening = LISTENING.matcher(line);
                if (!listening.find()) continue;
                Thread.ofVirtual().start(() -> swallow(lines));
                return Integer.parseInt(listening.group(1));
            }
        } catch (IOException failure) {
            throw new IllegalStateException("anvil does not start", failure);
        }
        throw new IllegalStateException("anvil does not start");
    }

    private static void swallow(Reader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // As it does when the test ends it.
        }
    }

    Chain open() throws IOException {
        return Chain.open(endpoint, http, ID);
    }

    /// Asks what only anvil answers, such as to make a block.
    String ask(String method, String parameters) throws Exception {
        var question =
                """
                {"jsonrpc":"2.0","id":1,"method":"%s","params":%s}\
                """
                        .formatted(method, parameters);
        var request =
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertThat(answer).contains("\"result\"");
        return answer;
    }

    void mine(int blocks) throws Exception {
        ask("anvil_mine", "[\"0x%x\"]".formatted(blocks));
    }

    /// An account with coins; its key is in a file of that name.
    static Account rich(Path directory) throws Exception {
        var file = directory.resolve("rich.key");
        org.carnet.node.files.WholeFile.writeSecret(file, RICH + "\n");
        return Account.read(file);
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly().onExit().join();
    }
}
