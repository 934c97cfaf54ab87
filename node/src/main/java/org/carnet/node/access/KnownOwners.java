// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.points.Owners;
import org.carnet.node.points.Permissions;

import java.util.Optional;
import java.util.function.Supplier;

/// Whose things, avatars, mappings, accounts and the data of subjects are.
final class KnownOwners implements Owners {
    private final Supplier<Permissions> permissions;

    KnownOwners(Supplier<Permissions> permissions) {
        this.permissions = permissions;
    }

    @Override
    public Optional<String> ownerOf(String kind, String id) {
        return switch (kind) {
            case "Thing", "Avatar" -> permissions.get().ownerOf(id);
            case "Mapping" ->
                    permissions.get().permission(id).map(known -> known.mapping().owner());
            case "Subject", "Account" -> Optional.of(id);
            default -> Optional.empty();
        };
    }
}
