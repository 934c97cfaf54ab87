// SPDX-License-Identifier: Apache-2.0
/// Who may use the node's interface: finds out who asks, and lets nobody do what they were not given.
@NullMarked
package org.carnet.node.access;

import org.jspecify.annotations.NullMarked;
