// SPDX-License-Identifier: Apache-2.0
/// The avatar agent (FGMV-44 clause 8.7.2): it applies what things send to the state of the avatars that mirror them.
@NullMarked
package org.carnet.node.avatars;

import org.jspecify.annotations.NullMarked;
