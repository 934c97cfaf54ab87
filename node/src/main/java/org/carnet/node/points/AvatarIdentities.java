// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.identity.DidKey;

/// Who avatars are to other platforms, for agents that know of their things.
public interface AvatarIdentities {
    /// Ends the identities of all avatars of a thing, because it has another owner from here on, or is no more: their
    /// credentials are revoked and their keys destroyed.
    ///
    /// @param owner whose the thing was
    /// @param by who does it
    /// @return how many
    int endOf(String owner, DidKey thing, String by);
}
