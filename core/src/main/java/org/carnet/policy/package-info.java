// SPDX-License-Identifier: Apache-2.0
/// Who may use what for which purpose and until when: mappings, and the decision whether a pack may be used.
@NullMarked
package org.carnet.policy;

import org.jspecify.annotations.NullMarked;
