// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

/// Storage has no room for another record; nothing that was acknowledged is lost.
public final class StorageFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageFull(String message, Throwable cause) {
        super(message, cause);
    }
}
