// SPDX-License-Identifier: Apache-2.0
/// This node as a relying party of other OpenID Providers: their people enter here with the account they have there.
@NullMarked
package org.carnet.node.relying;

import org.jspecify.annotations.NullMarked;
