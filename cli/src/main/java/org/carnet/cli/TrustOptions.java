// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.Trust;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/// Whose certificates to believe.
final class TrustOptions {
    @Option(
            names = "--authority",
            paramLabel = "PEM",
            description =
                    "Trust the certificates of this authority only, such as a development one.")
    private @Nullable Path authority;

    Trust trust() throws IOException {
        return authority == null ? Trust.usual() : Trust.authority(authority);
    }
}
