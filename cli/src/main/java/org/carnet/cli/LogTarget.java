// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.storage.PublicLog;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/// A log that was named on the command line, opened; of a URL, with the connections to it.
///
/// Only that URL and paths below it are asked for; redirects are not followed.
record LogTarget(String name, PublicLog log, HttpClient http) implements AutoCloseable {
    static LogTarget open(String target, TrustOptions trust) throws IOException {
        var http = HttpClient.newBuilder().sslContext(trust.trust().context()).build();
        if (target.startsWith("http://") || target.startsWith("https://")) {
            var prefix = target.replaceAll("/+$", "");
            return new LogTarget(prefix, PublicLog.at(URI.create(prefix), http), http);
        }
        if (!Files.isDirectory(Path.of(target))) {
            throw new CommandFailed(Exit.USAGE, target + " is neither a directory nor a URL");
        }
        return new LogTarget(target, PublicLog.in(Path.of(target)), http);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
