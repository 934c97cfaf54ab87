// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.IOException;
import java.nio.file.Path;

/// Another process has the data directory open.
public final class LedgerInUse extends IOException {
    private static final long serialVersionUID = 1;

    LedgerInUse(Path directory) {
        super(
                "another node is running on "
                        + directory
                        + ": stop it, or choose another data directory");
    }
}
