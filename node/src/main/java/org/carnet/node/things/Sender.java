// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.identity.DidKey;

import java.util.Optional;

/// Who handed an update in: the thing itself, or a gateway that proved who it is.
public record Sender(Optional<DidKey> gateway) {
    /// Nobody but the signature of each update tells who sent it.
    public static final Sender DIRECT = new Sender(Optional.empty());

    public static Sender gateway(DidKey did) {
        return new Sender(Optional.of(did));
    }
}
