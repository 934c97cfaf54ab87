// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.util.Optional;

/// Keys that open what is sealed, by the ids that sealed bytes name.
public interface OpeningKeys {
    /// The key with this id; empty if it was destroyed or never was.
    Optional<SubjectKey> byId(long id);
}
