// SPDX-License-Identifier: Apache-2.0
/// What the node's own web page shows beyond the agents' data: the node at a glance, and the reference points at work.
@NullMarked
package org.carnet.node.console;

import org.jspecify.annotations.NullMarked;
