// SPDX-License-Identifier: Apache-2.0
/// The OpenID Provider of this node, and the access of programs to it.
@NullMarked
package org.carnet.node.oidc;

import org.jspecify.annotations.NullMarked;
