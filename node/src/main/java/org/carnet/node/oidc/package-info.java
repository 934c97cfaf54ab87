// SPDX-License-Identifier: Apache-2.0
/// The OpenID Provider of this node, machine access to it, and sign-in at the providers of others.
@NullMarked
package org.carnet.node.oidc;

import org.jspecify.annotations.NullMarked;
