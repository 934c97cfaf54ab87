// SPDX-License-Identifier: Apache-2.0
/// What one platform asks of another about an avatar: proven twice, by the platform and by the avatar, over one body.
@NullMarked
package org.carnet.exchange;

import org.jspecify.annotations.NullMarked;
