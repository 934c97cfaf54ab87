// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.identity.SigningKey;
import org.carnet.log.LogVerifier;

/// Who this node is to others.
///
/// @param key signs for things when this node is their gateway, and proves who forwards
/// @param log the keys that check its log (C2SP signed-note)
public record NodeIdentity(SigningKey key, LogVerifier log) {}
