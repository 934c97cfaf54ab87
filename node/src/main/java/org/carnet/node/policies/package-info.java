// SPDX-License-Identifier: Apache-2.0
/// Policies of access in the language Cedar: read, validated, tested against their cases, and asked.
@NullMarked
package org.carnet.node.policies;

import org.jspecify.annotations.NullMarked;
