// SPDX-License-Identifier: Apache-2.0
/// Issues credentials, tells whether those of others hold, revokes its own, and certifies platforms.
@NullMarked
package org.carnet.node.credentials;

import org.jspecify.annotations.NullMarked;
