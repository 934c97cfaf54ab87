// SPDX-License-Identifier: Apache-2.0
/// Asks at addresses that others chose, without becoming a way into the network of this node.
@NullMarked
package org.carnet.node.fetch;

import org.jspecify.annotations.NullMarked;
