// SPDX-License-Identifier: Apache-2.0
/// Who avatars are to other platforms: an identifier, a key and a credential for each, and what is shown of it to whom.
@NullMarked
package org.carnet.node.identities;

import org.jspecify.annotations.NullMarked;
