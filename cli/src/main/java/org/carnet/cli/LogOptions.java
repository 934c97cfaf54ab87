// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.node.storage.LogHistory;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which log, and what is known of it.
final class LogOptions {
    @Parameters(paramLabel = "LOG", description = "A data directory or the URL of a node.")
    private String log = "";

    @Option(
            names = "--vkey",
            paramLabel = "KEY",
            description =
                    "A key of the log, known from elsewhere; without it the log's own are believed."
                            + " Can be given twice.")
    private List<String> keys = List.of();

    @Mixin private TrustOptions trust = new TrustOptions();

    /// Something to be done with a log while it can be asked.
    interface Work {
        int with(LogHistory log) throws IOException;
    }

    int open(Work work) throws IOException {
        Optional<LogVerifier> expected =
                keys.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new LogVerifier(keys.stream().map(NoteVerifier::parse).toList()));
        if (!log.startsWith("http://") && !log.startsWith("https://")) {
            if (!Files.isDirectory(Path.of(log))) {
                throw new CommandFailed(Exit.USAGE, log + " is neither a directory nor a URL");
            }
            return work.with(LogHistory.directory(Path.of(log), expected));
        }
        try (var http = HttpClient.newBuilder().sslContext(trust.trust().context()).build()) {
            return work.with(LogHistory.url(URI.create(log.replaceAll("/+$", "")), http, expected));
        }
    }
}
