// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.identity.DidKey;

import java.util.Optional;

/// Who handed an update in: the thing itself, or a gateway that proved who it is.
///
/// @param place by which carrier and from which address, or by which gateway: what sets one sender apart from another
public record Sender(Optional<DidKey> gateway, String place) {
    /// Nobody but the signature of each update tells who sent it.
    public static final Sender DIRECT = new Sender(Optional.empty(), "");

    public static Sender gateway(DidKey did) {
        return new Sender(Optional.of(did), did.value());
    }

    /// The same sender, by that carrier and from that address; a gateway is known by its name wherever it is.
    Sender at(String carrier, String address) {
        return gateway.isPresent() ? this : new Sender(gateway, carrier + " " + address);
    }
}
