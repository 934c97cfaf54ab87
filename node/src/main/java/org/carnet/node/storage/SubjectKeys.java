// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.util.Optional;

/// The keys of the subjects, one for each, created when they are first asked for.
///
/// Safe for many threads; cheap once a subject is known.
public interface SubjectKeys {
    /// The key of a subject; a new one if it has none yet, kept before this returns.
    SubjectKey of(String subject);

    /// The key with this id, as sealed details name it; empty if it was destroyed or never was.
    Optional<SubjectKey> byId(long id);
}
