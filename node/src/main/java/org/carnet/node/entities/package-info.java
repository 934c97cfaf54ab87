// SPDX-License-Identifier: Apache-2.0
/// The entity agent (FGMV-44 clause 8.7.3): over R4, external entities read avatars and subscribe to their changes.
@NullMarked
package org.carnet.node.entities;

import org.jspecify.annotations.NullMarked;
