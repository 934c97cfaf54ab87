// SPDX-License-Identifier: Apache-2.0
/// JSON, the signatures over it and the keys in it (JOSE), read strictly: one text for each value, and nothing guessed.
@NullMarked
package org.carnet.jose;

import org.jspecify.annotations.NullMarked;
