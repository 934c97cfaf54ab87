// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import java.time.Instant;
import java.util.UUID;

/// A foreign identity that belongs to an account here.
///
/// @param id by which the account's owner knows the link
public record LinkedIdentity(UUID id, ForeignIdentity identity, Instant linked) {}
