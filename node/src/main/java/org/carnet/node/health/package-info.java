// SPDX-License-Identifier: Apache-2.0
/// How the node is, for whoever watches it: health, readiness, and measurements.
@NullMarked
package org.carnet.node.health;

import org.jspecify.annotations.NullMarked;
