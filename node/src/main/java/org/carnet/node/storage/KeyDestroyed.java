// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

/// A key was destroyed while somebody held it: whoever reads finds nothing any more.
final class KeyDestroyed extends RuntimeException {
    private static final long serialVersionUID = 1;

    KeyDestroyed(long id) {
        super("key " + id + " was destroyed");
    }
}
