// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.identity.SigningKey;

/// Who this node is to others.
///
/// @param key signs for things when this node is their gateway, and proves who forwards
/// @param vkey the log's verification key (C2SP signed-note)
public record NodeIdentity(SigningKey key, String vkey) {}
