// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.identity.DidKey;
import org.carnet.policy.Permission;

import java.util.List;
import java.util.Optional;

/// R1, downwards: what owners permit to be done with their things' data.
public interface Permissions {
    /// All mappings of the avatar, ended ones too, oldest first.
    List<Permission> ofAvatar(String avatar);

    /// The mapping with this id, an ended one too.
    Optional<Permission> permission(String mapping);

    /// Whose the thing or avatar is.
    Optional<String> ownerOf(String thingOrAvatar);

    /// Whether things are registered that send by this gateway.
    boolean isGateway(DidKey gateway);

    /// How many things are registered.
    int things();
}
