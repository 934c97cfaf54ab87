// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.util.Optional;

/// Whose a resource is, for whoever decides about access; each agent answers for the kinds it keeps.
public interface Owners {
    /// The name of the account it belongs to; empty if to nobody, if there is no such resource, or if another agent knows.
    ///
    /// @param kind an entity type of the policies' schema, such as `Credential`
    Optional<String> ownerOf(String kind, String id);
}
