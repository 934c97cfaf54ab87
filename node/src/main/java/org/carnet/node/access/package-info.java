// SPDX-License-Identifier: Apache-2.0
/// Who may use the node's interface: whoever holds its token; what proves itself by its own signature needs none.
@NullMarked
package org.carnet.node.access;

import org.jspecify.annotations.NullMarked;
