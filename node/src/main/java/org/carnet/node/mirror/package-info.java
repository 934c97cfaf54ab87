// SPDX-License-Identifier: Apache-2.0
/// Mirrors (C2SP tlog-mirror): keeps the logs of others, with sealed details that it cannot read, and has this node's log
/// kept by others.
@NullMarked
package org.carnet.node.mirror;

import org.jspecify.annotations.NullMarked;
