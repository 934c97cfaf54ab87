// SPDX-License-Identifier: Apache-2.0
/// By which certificate a node proves on the wire that it is who it says: the operator's, or a development one.
@NullMarked
package org.carnet.node.tls;

import org.jspecify.annotations.NullMarked;
