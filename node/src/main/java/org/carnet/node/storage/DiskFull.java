// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.IOException;

/// The disk has no room for what was to be written.
final class DiskFull extends IOException {
    private static final long serialVersionUID = 1;

    DiskFull(String message) {
        super(message);
    }
}
